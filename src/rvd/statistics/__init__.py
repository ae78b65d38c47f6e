"""Statistics of campaigns: intervals for a share of runs, for a quantile, for paired differences; stopping rules."""
