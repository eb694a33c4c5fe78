-- The worlds, each with the position that it has reached. This row is the queue of those who write to
-- the world: nothing else of a commit is ever waited for. It changes often and is short, hence the room.
create table worldweave_world (
    id         bigint generated always as identity primary key,
    kind       text   not null check (kind in ('shared', 'isolated', 'profile')),
    experience text   not null,
    owner      text   not null,
    epoch      text   not null,
    revision   bigint not null check (revision >= 0),
    unique (kind, experience, owner)
) with (fillfactor = 50);

comment on column worldweave_world.experience is 'empty for a profile';
comment on column worldweave_world.owner is 'the user whose world it is; empty for a shared one';

-- The state from which a world's deltas lead on. Of its own, so that whoever renews it and whoever
-- commits do not wait for each other.
create table worldweave_base (
    world    bigint primary key references worldweave_world on delete cascade,
    epoch    text   not null,
    revision bigint not null check (revision >= 0)
);

create table worldweave_document (
    world    bigint not null references worldweave_base on delete cascade,
    owner    text   not null,
    revision bigint not null check (revision >= 0),
    content  jsonb  not null,
    primary key (world, owner)
);

comment on column worldweave_document.owner is 'the user whose part it is; empty for the shared document, '' authors'' for what authors wrote';
comment on column worldweave_document.revision is 'the last revision that changed it';

create table worldweave_delta (
    world    bigint not null references worldweave_world on delete cascade,
    revision bigint not null check (revision > 0),
    batch    uuid   not null,
    key_user text,
    key_text text,
    delta    jsonb  not null,
    primary key (world, revision)
);

comment on column worldweave_delta.revision is 'of the world after this delta';
comment on column worldweave_delta.batch is 'of the commit that it is part of';

create index worldweave_delta_key on worldweave_delta (world, key_user, key_text)
    where key_text is not null;
