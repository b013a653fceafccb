"""Qt windows: dumb views over kiosk.desk.view. They draw snapshots and emit intents; they know no device, store or network."""
