#!/bin/sh
# Becomes a desktop's program: joins the desktop's control groups, sets limits, drops to the user.
# launch.sh <uid, or - to stay> <processes at most, or -> <oom score> [<cgroup.procs file>...] -- <program> [<argument>...]
uid=$1 processes=$2 oom_score=$3
shift 3
while [ "$1" != -- ]; do
  echo $$ >"$1"
  shift
done
shift
umask 077
# When memory runs out, a desktop goes before the machine's own services.
echo "$oom_score" 2>/dev/null >/proc/self/oom_score_adj
if [ "$processes" = - ]; then set -- prlimit --core=0 -- "$@"; else set -- prlimit --core=0 --nproc="$processes" -- "$@"; fi
[ "$uid" = - ] && exec "$@"
exec setpriv --reuid "$uid" --regid "$uid" --clear-groups --inh-caps=-all -- "$@"
