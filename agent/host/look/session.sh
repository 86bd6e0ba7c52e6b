#!/bin/sh
# One user's session on one display: a whole desktop, or a single application.
exec >"$HOME/.xsession-errors" 2>&1 </dev/null
cd "$HOME" || exit 1
xsetroot -solid '#1f3a4d' -cursor_name left_ptr

# Starts a program again when it ends; gives up when it has ended ten times without staying ten seconds.
keep() {
  quick_ends=0
  while [ "$quick_ends" -lt 10 ]; do
    started_at=$(date +%s)
    "$@"
    if [ $(($(date +%s) - started_at)) -lt 10 ]; then quick_ends=$((quick_ends + 1)); else quick_ends=0; fi
    sleep 0.5
  done
  echo "given up, it ends again and again: $*"
}

# A new home gets its first files as the user, never as root: what stands there is the user's to choose.
if [ ! -e "$HOME/Desktop" ]; then
  cp -r /etc/skel/. "$HOME/"
  cp -r "$HOMEROOM_LOOK/skel/." "$HOME/"
  mkdir -p "$HOME/Documents" "$HOME/Downloads"
fi

# A folder that is collected later is there from the start; made by the user, as it is the user's home.
if [ -n "$HOMEROOM_FOLDER" ]; then mkdir -p "$HOME/$HOMEROOM_FOLDER"; fi

# A window that is older than its window manager gets neither the whole screen nor the keyboard.
wait_for_window_manager() {
  looks=0
  until [ -e "$XDG_RUNTIME_DIR/window-manager" ] || [ "$looks" -ge 250 ]; do
    looks=$((looks + 1))
    sleep 0.02
  done
}

if [ -n "$HOMEROOM_APPLICATION" ]; then
  keep openbox --config-file "$HOMEROOM_LOOK/xdg/openbox/application.xml" --startup "touch '$XDG_RUNTIME_DIR/window-manager'" &
  wait_for_window_manager
  keep sh -c "$HOMEROOM_APPLICATION"
elif [ -n "$HOMEROOM_DESKTOP_PROGRAM" ]; then
  # A whole environment with a window manager and a message bus of its own.
  if command -v dbus-run-session >/dev/null; then
    keep dbus-run-session -- "$HOMEROOM_DESKTOP_PROGRAM"
  else
    keep "$HOMEROOM_DESKTOP_PROGRAM"
  fi
else
  keep pcmanfm --desktop --profile homeroom &
  keep tint2 -c "$HOMEROOM_LOOK/xdg/tint2/tint2rc" &
  keep openbox --config-file "$HOMEROOM_LOOK/xdg/openbox/desktop.xml"
fi
