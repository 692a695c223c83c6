"""The embedded Framecast, tested through its ASGI app with stand-ins of its own."""
