"""The domain: labeling functions, votes, statistics, label models and the use cases over them.

Nothing here knows about the browser or the database: pages and the command line call
`labeling.project.Project`, and `storage` implements `labeling.store.Store`.
"""
