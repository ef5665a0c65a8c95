-- Before a machine is released by itself, it is looked whether another case was merged into its own.
create index incident_case_merged_into on incident_case (merged_into, closed_at) where merged_into is not null;
