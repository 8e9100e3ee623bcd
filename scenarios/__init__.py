"""The lab: plays a scenario file through the services, in virtual time."""
