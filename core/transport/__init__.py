"""How a request reaches a server or a program, and how its answer comes back as bytes."""
