-- Who brings work wakes its lane; who ends a lane looks once more. The two meet at one lock a lane, so that a rush
-- of files costs one job and not one each, and no wake-up is lost.

-- Queues the lane's job, unless there is one that is sure to look after the caller's commit: one that waits, or
-- one that runs and has not left the lane. Each statement in here sees what was committed before it.
create function wake_lane(task text, lane text, payload json, most_attempts int) returns boolean
language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('lane ' || lane, 0));
  loop
    if exists (
      select from graphile_worker._private_jobs j
      where j.key = lane and (j.locked_at is not null or j.attempts < j.max_attempts)
    ) then
      return false;
    end if;
    -- No row comes back when another made the job a moment before, and a worker took it at once.
    if exists (
      select from graphile_worker.add_job(identifier => task, payload => payload, queue_name => lane,
        job_key => lane, max_attempts => most_attempts) j
      where j.id is not null
    ) then
      return true;
    end if;
  end loop;
end $$;

-- Waits for all who saw the running job and queued none. After it nobody counts on that job, and a last look at
-- the work finds theirs.
create function leave_lane(lane text) returns void
language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('lane ' || lane, 0));
  update graphile_worker._private_jobs j set key = null where j.key = lane and j.locked_at is not null;
end $$;
