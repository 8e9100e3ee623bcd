"""Home and inbox, the employee file, and pages composed of several apps."""
