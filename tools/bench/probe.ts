// Loaded into a process that is measured (`--import`): tells what the process has used when its parent asks.
process.on('message', (asked) => {
  if (asked === 'usage') process.send?.({ usage: process.cpuUsage(), rss: process.memoryUsage.rss() });
});
// Being asked is no reason to stay alive.
process.channel?.unref();
