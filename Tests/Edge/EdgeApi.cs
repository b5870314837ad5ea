using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;
using WebChat.V1;

namespace WebChat.Tests.Edge;

/// <summary>The HTTP/JSON methods of a running Edge that tests and the load generator use.</summary>
public sealed class EdgeApi(Uri address) : IDisposable
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default);
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    private readonly HttpClient _http = new() { BaseAddress = address };

    /// <summary>Signs somebody up under a new name, with a profile that may search.</summary>
    public async Task<Visitor> SignUpAsync(string nickname, Profile.Types.Gender gender, params Profile.Types.Gender[] preferred)
    {
        var username = $"u_{Guid.NewGuid():N}"[..20];
        var credentials = await SendAsync<Credentials>(HttpMethod.Post, "/v1/auth/signup", token: null,
            new SignUpRequest { Username = username, Password = "correct horse battery", Nickname = nickname });
        await SendAsync<Profile>(HttpMethod.Patch, "/v1/profile", credentials.AccessToken,
            new Profile { BirthDate = "1990-01-02", Gender = gender, PreferredGenders = { preferred } });
        return new Visitor(username, credentials.AccessToken);
    }

    /// <summary>How somebody's search stands.</summary>
    public Task<SearchState> GetSearchAsync(Visitor visitor) => SendAsync<SearchState>(HttpMethod.Get, "/v1/match", visitor.AccessToken);

    /// <summary>The rooms that somebody is in.</summary>
    public async Task<IReadOnlyList<Room>> GetRoomsAsync(Visitor visitor) =>
        (await SendAsync<ListMyRoomsResponse>(HttpMethod.Get, "/v1/my/rooms", visitor.AccessToken)).Rooms;

    /// <summary>All messages of a room, from the first.</summary>
    public async Task<IReadOnlyList<Message>> GetMessagesAsync(Visitor visitor, string roomId)
    {
        var messages = new List<Message>();
        long before = 0;
        do
        {
            var page = await SendAsync<ListMessagesResponse>(HttpMethod.Get, $"/v1/rooms/{roomId}/messages?pageSize=200&beforeSeq={before}", visitor.AccessToken);
            messages.AddRange(page.Messages);
            before = page.NextBeforeSeq;
        }
        while (before != 0);
        messages.Reverse();
        return messages;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<T> SendAsync<T>(HttpMethod method, string path, string? token, IMessage? body = null)
        where T : IMessage, new()
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
            request.Content = new StringContent(Formatter.Format(body), Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? Parser.Parse<T>(text)
            : throw new HttpRequestException($"{method} {path}: {(int)answer.StatusCode} {text}", inner: null, answer.StatusCode);
    }
}
