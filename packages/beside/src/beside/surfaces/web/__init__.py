"""The page: Beside in a browser on this machine. Requests become calls, results become views."""
