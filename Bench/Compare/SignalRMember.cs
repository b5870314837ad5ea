using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using WebChat.Bench.Load;

namespace WebChat.Bench.Compare;

/// <summary>A client of <c>Baselines/SignalR</c>.</summary>
internal sealed class SignalRMember : IMember
{
    private readonly HubConnection _hub;

    private SignalRMember(HubConnection hub, string room)
    {
        (_hub, Room) = (hub, room);
        hub.On<long, string>("Message", (_, text) => Heard(text));
    }

    public string Room { get; }

    public Action<string> Heard { private get; set; } = _ => { };

    public static async Task<IMember> ConnectAsync(Uri server, string room)
    {
        var hub = new HubConnectionBuilder().WithUrl(new Uri(server, "/chat"), HttpTransportType.WebSockets, http => http.SkipNegotiation = true).Build();
        var member = new SignalRMember(hub, room);
        await hub.StartAsync();
        await hub.InvokeAsync("Join", room);
        return member;
    }

    public async Task<Answer> SendAsync(string text) => new(await _hub.InvokeAsync<long>("Send", Room, text));
}
