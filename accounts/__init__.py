"""Users, organizations, role grants, recusals, the log of reads, and who may open what."""
