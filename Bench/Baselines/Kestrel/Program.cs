using System.Collections.Concurrent;
using WebChat.Kestrel;

// A chat of rooms for two without accounts, sessions or history: what Kestrel's WebSockets cost alone or, with
// --database FILE, together with a log in SQLite.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
await using var app = builder.Build();
await using var log = app.Configuration["database"] is { } file ? new MessageLog(file) : null;
var rooms = new ConcurrentDictionary<string, Room>();

app.UseWebSockets();
app.Map("/ws", async (HttpContext context, string room) =>
{
    using var socket = await context.WebSockets.AcceptWebSocketAsync();
    await rooms.GetOrAdd(room, id => new Room(id, log)).ServeAsync(new Member(socket));
});
await app.RunAsync();
