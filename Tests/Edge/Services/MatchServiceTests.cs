using WebChat.V1;

namespace WebChat.Tests.Edge.Services;

public class MatchServiceTests(EdgeServer server) : IClassFixture<EdgeServer>
{
    [Fact]
    public async Task A_search_is_started_read_and_cancelled()
    {
        var token = (await server.SignUp()).AccessToken;
        await server.Call("PATCH", "/v1/profile", """{"birthDate": "1990-01-02", "gender": "FEMALE", "preferredGenders": ["OTHER"]}""", token);
        Assert.Equal(SearchState.Types.State.Idle, (await server.Call("GET", "/v1/match", token: token)).As<SearchState>().State);

        var started = (await server.Call("POST", "/v1/match:search", """{"mode": "VOICE"}""", token)).As<SearchState>();
        Assert.Equal((SearchState.Types.State.Waiting, Mode.Voice), (started.State, started.Mode));
        Assert.Equal(started, (await server.Call("GET", "/v1/match", token: token)).As<SearchState>());

        Assert.Equal(SearchState.Types.State.Idle, (await server.Call("POST", "/v1/match:cancel", "", token)).As<SearchState>().State);
    }

    [Fact]
    public async Task Missing_profile_fields_for_a_search_are_named()
    {
        var token = (await server.SignUp()).AccessToken;
        var answer = await server.Call("POST", "/v1/match:search", """{"mode": "CHAT"}""", token);
        answer.IsError(400, "failed_precondition", "birth_date");
        Assert.Contains("birth_date", answer.Text);
        Assert.Contains("gender", answer.Text);
    }

    [Fact]
    public async Task An_unknown_mode_is_refused() =>
        (await server.Call("POST", "/v1/match:search", """{"mode": 9}""", (await server.SignUp()).AccessToken)).IsError(400, "invalid_argument", "mode");
}
