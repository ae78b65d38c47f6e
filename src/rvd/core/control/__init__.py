"""Control: the wrench that follows an aim, and the nozzle on-times that give it."""
