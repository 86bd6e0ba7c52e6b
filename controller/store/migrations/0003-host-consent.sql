-- A device runs desktops of users only with an admin's consent.

alter table join_tokens
  -- Whether a device that comes by it may be a host.
  add column may_host boolean not null default false;

alter table devices
  -- Null while no admin has decided.
  add column host_consent text check (host_consent in ('allowed', 'refused')),
  add column host_decided_at timestamptz,
  -- Who decided, or made the join token that carried the consent.
  add column host_decided_by uuid references users on delete set null,
  add check ((host_consent is null) = (host_decided_at is null));

-- What was a host before anybody was asked stays one.
update devices set host_consent = 'allowed', host_decided_at = now()
where exists (select from hosts where hosts.device_id = devices.id);

-- No unused desktop stands on a host without consent. One in use stays where it is: withdrawing the consent ends nobody's work.
create function desktops_need_consent_of_host() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.host_id is not distinct from old.host_id and new.state = old.state then
    return new;
  end if;
  -- Whoever decides at this moment is waited for.
  perform from devices where id = new.host_id and host_consent = 'allowed' for share;
  if not found then
    raise exception 'host % has no consent to run desktops', new.host_id
      using errcode = 'check_violation', constraint = 'desktops_need_consent_of_host';
  end if;
  return new;
end $$;
create trigger desktops_need_consent_of_host before insert or update of host_id, state on desktops
  for each row when (new.host_id is not null and new.state not in ('claimed', 'deleting', 'failed', 'gone'))
  execute function desktops_need_consent_of_host();
