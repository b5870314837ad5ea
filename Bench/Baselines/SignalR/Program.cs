using Microsoft.AspNetCore.SignalR;
using WebChat.SignalR;

// A chat as SignalR's tutorial would have it, that stores each message in SQLite before it answers: --database FILE.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.Services.AddSignalR();
builder.Services.AddSingleton(_ => new MessageTable(builder.Configuration["database"] ?? throw new ArgumentException("--database FILE is missing.")));
await using var app = builder.Build();
app.MapHub<ChatHub>("/chat");
await app.RunAsync();

namespace WebChat.SignalR
{
    /// <summary>The methods that clients call.</summary>
    internal sealed class ChatHub(MessageTable messages) : Hub
    {
        public Task Join(string room) => Groups.AddToGroupAsync(Context.ConnectionId, room);

        public async Task<long> Send(string room, string text)
        {
            var id = messages.Insert(room, text);
            await Clients.OthersInGroup(room).SendAsync("Message", id, text);
            return id;
        }
    }
}
