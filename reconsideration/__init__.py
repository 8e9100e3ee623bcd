"""9701.222: requests to look at a classification again, by DHS and then OPM."""
