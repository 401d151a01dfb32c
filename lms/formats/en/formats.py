"""English dates as certificates write them, on every page: Django's own are abbreviated."""

DATE_FORMAT = "F j, Y"
DATETIME_FORMAT = "F j, Y, P"
