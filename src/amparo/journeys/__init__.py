"""Use cases that span rooms: screening a report into a case, closing, erasing, handing a caseload over."""
