-- A load test makes users of its own, and a template where it is given none; both go with it.
create table load_tests (
  id uuid primary key default gen_random_uuid(),
  template_id text not null references templates on delete restrict,
  -- Whether the template was made for it.
  has_own_template boolean not null,
  created_at timestamptz not null default now()
);

alter table users add column load_test_id uuid references load_tests on delete restrict;
create index users_of_load_test on users (load_test_id) where load_test_id is not null;

-- Whoever is removed leaves their lines in the audit log without an id: without this, each reads the whole log.
create index audit_log_of_actor on audit_log (actor_id) where actor_id is not null;
