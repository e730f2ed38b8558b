"""Several processes of the dashboard behind nginx on one machine, started, watched and replaced as one."""
