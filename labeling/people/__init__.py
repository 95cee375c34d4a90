"""Who may work on a server's projects: people, their roles, how they sign in, and what they may do.

`roles` says which role may do what, `passwords` keeps passwords unreadable, `accounts` is what the
command line and the sign-in page call, and `acting` lets a person do no more than the roles allow.
"""
