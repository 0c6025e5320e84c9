-- modes: reads which pools there are and whether their pods carry one call or several. Writes nothing.
-- uses: prelude
-- Replies pool and mode of each.
return call('HGETALL', MODES)
