using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;
using WebChat.V1;

namespace WebChat.Clients;

/// <summary>The HTTP/JSON methods that a client needs besides its session: accounts, profile, rooms and history.</summary>
/// <param name="server">The server's web address.</param>
public sealed class ChatApi(Uri server) : IDisposable
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default);
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    private readonly HttpClient _http = new() { BaseAddress = server };

    /// <summary>Creates an account.</summary>
    public Task<Credentials> SignUpAsync(string username, string password, string nickname) =>
        CallAsync<Credentials>(HttpMethod.Post, "/v1/auth/signup", body: new SignUpRequest { Username = username, Password = password, Nickname = nickname });

    /// <summary>Begins a login of an account.</summary>
    public Task<Credentials> LogInAsync(string username, string password) =>
        CallAsync<Credentials>(HttpMethod.Post, "/v1/auth/login", body: new LogInRequest { Username = username, Password = password });

    /// <summary>Exchanges a refresh token, which works once, for new tokens.</summary>
    public Task<Credentials> RefreshAsync(string refreshToken) =>
        CallAsync<Credentials>(HttpMethod.Post, "/v1/auth/refresh", body: new RefreshRequest { RefreshToken = refreshToken });

    /// <summary>Changes the fields that the profile has.</summary>
    public Task<Profile> UpdateProfileAsync(string accessToken, Profile profile) =>
        CallAsync<Profile>(HttpMethod.Patch, "/v1/profile", accessToken, profile);

    /// <summary>Returns the state of the user's search.</summary>
    public Task<SearchState> GetSearchAsync(string accessToken) =>
        CallAsync<SearchState>(HttpMethod.Get, "/v1/match", accessToken);

    /// <summary>Opens a group room.</summary>
    public Task<Room> CreateRoomAsync(string accessToken, CreateRoomRequest request) =>
        CallAsync<Room>(HttpMethod.Post, "/v1/rooms", accessToken, request);

    /// <summary>Returns the user's rooms.</summary>
    public async Task<IReadOnlyList<Room>> GetRoomsAsync(string accessToken) =>
        (await CallAsync<ListMyRoomsResponse>(HttpMethod.Get, "/v1/my/rooms", accessToken)).Rooms;

    /// <summary>Returns all messages of a room, oldest first.</summary>
    public async Task<IReadOnlyList<Message>> GetMessagesAsync(string accessToken, string roomId)
    {
        var messages = new List<Message>();
        long before = 0;
        do
        {
            var page = await CallAsync<ListMessagesResponse>(HttpMethod.Get, $"/v1/rooms/{roomId}/messages?pageSize=200&beforeSeq={before}", accessToken);
            messages.AddRange(page.Messages);
            before = page.NextBeforeSeq;
        }
        while (before != 0);
        messages.Reverse();
        return messages;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<T> CallAsync<T>(HttpMethod method, string path, string? accessToken = null, IMessage? body = null)
        where T : IMessage, new()
    {
        using var request = new HttpRequestMessage(method, path);
        if (accessToken is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        if (body is not null)
            request.Content = new StringContent(Formatter.Format(body), Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? Parser.Parse<T>(text)
            : throw new ApiException($"{method} {path}: {(int)answer.StatusCode} {text}", answer.StatusCode, answer.Headers.RetryAfter?.Delta);
    }
}

/// <summary>A call was answered by an error.</summary>
/// <param name="message">The call and its answer.</param>
/// <param name="status">The HTTP status.</param>
/// <param name="retryAfter">When to call again; null if a retry is of no use.</param>
public sealed class ApiException(string message, HttpStatusCode status, TimeSpan? retryAfter) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status => status;

    /// <summary>When to call again; null if a retry is of no use.</summary>
    public TimeSpan? RetryAfter => retryAfter;
}
