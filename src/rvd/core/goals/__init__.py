"""Goals: what a mission is flown for, judged on the truth."""
