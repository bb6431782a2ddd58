{
  "targets": [
    {
      "target_name": "smtp_codes",
      "sources": ["addon.c"],
      "cflags": ["<!@(pkg-config --cflags smtp_codes)"],
      "libraries": ["<!@(pkg-config --libs smtp_codes)"]
    }
  ]
}
