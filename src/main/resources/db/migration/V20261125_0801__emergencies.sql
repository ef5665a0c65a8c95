-- How often the glass is broken is counted on every scrape and every page of the SOC.
create index plan_emergency on plan (made_at) where route = 'BREAK_GLASS';
