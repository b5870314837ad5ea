using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using WebChat.Actors.Accounts;
using WebChat.Actors.Options;
using WebChat.Actors.Users;
using WebChat.Edge.Auth;

namespace WebChat.Tests.Edge.Auth;

public sealed class AccessTokensTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("webchat-tokens-");
    private readonly FakeTimeProvider _clock = new(Start);
    private readonly AuthOptions _options = new();
    private readonly SigningKey _key;
    private readonly AccessTokens _tokens;
    private readonly Identity _alice;

    public AccessTokensTests()
    {
        _key = new(Options.Create(new StorageOptions { DataDirectory = _data.FullName }));
        _tokens = new(_key, Options.Create(_options), _clock);
        _alice = new(UserId.New(Start), FamilyId.New(Start), new("alice"));
    }

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task A_token_identifies_the_user_that_it_was_issued_to() => Assert.Equal(_alice, (await _tokens.ValidateAsync(_tokens.Issue(_alice).Text))?.Identity);

    [Fact]
    public async Task A_token_is_valid_until_30_seconds_after_its_expiry()
    {
        var token = _tokens.Issue(_alice);
        Assert.Equal(Start + _options.AccessTokenLifetime, token.ExpiresAt);

        _clock.SetUtcNow(token.ExpiresAt + TimeSpan.FromSeconds(30) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(token.ExpiresAt, (await _tokens.ValidateAsync(token.Text))?.ExpiresAt);
        _clock.SetUtcNow(token.ExpiresAt + TimeSpan.FromSeconds(30));
        Assert.Null(await _tokens.ValidateAsync(token.Text));
    }

    [Fact]
    public async Task A_token_is_still_valid_after_a_restart_of_the_server()
    {
        var token = _tokens.Issue(_alice);
        var restarted = new AccessTokens(new(Options.Create(new StorageOptions { DataDirectory = _data.FullName })), Options.Create(_options), _clock);
        Assert.Equal(_alice, (await restarted.ValidateAsync(token.Text))?.Identity);
    }

    [Fact]
    public async Task A_token_is_valid_on_every_node_that_has_its_key_until_the_key_is_removed()
    {
        string[] keys = [.. Enumerable.Range(0, 2).Select(_ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))];
        var (before, during, after) = (Node(keys[0]), Node(keys[1], keys[0]), Node(keys[1]));
        var (old, current) = (before.Issue(_alice).Text, during.Issue(_alice).Text);

        Assert.Equal(_alice, (await during.ValidateAsync(old))?.Identity);
        Assert.Equal(_alice, (await after.ValidateAsync(current))?.Identity);
        Assert.Null(await after.ValidateAsync(old));
        Assert.Null(await _tokens.ValidateAsync(current));

        AccessTokens Node(params string[] signingKeys) => new(_key, Options.Create(new AuthOptions { SigningKeys = signingKeys }), _clock);
    }

    [Fact]
    public async Task A_token_forged_with_the_servers_own_key_and_claims_is_valid() =>
        // The forgeries below differ from it in one thing each.
        Assert.Equal(_alice, (await _tokens.ValidateAsync(Forge()))?.Identity);

    [Fact]
    public async Task A_token_signed_with_another_key_is_refused() => Assert.Null(await _tokens.ValidateAsync(Forge(key: new byte[32])));

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("NONE")]
    public async Task An_unsigned_token_is_refused(string algorithm)
    {
        Assert.Null(await _tokens.ValidateAsync(Forge(algorithm, sign: _ => [])));
        // Not even with a signature that would be valid under the right algorithm.
        Assert.Null(await _tokens.ValidateAsync(Forge(algorithm)));
    }

    [Fact]
    public async Task A_token_under_another_algorithm_is_refused_although_the_key_is_right()
    {
        Assert.Null(await _tokens.ValidateAsync(Forge("HS512", sign: signed => HMACSHA512.HashData(_key.Load(), signed))));
        Assert.Null(await _tokens.ValidateAsync(Forge("HS384", sign: signed => HMACSHA384.HashData(_key.Load(), signed))));
        Assert.Null(await _tokens.ValidateAsync(Forge("RS256")));
    }

    [Fact]
    public async Task A_token_of_another_issuer_or_for_another_audience_is_refused()
    {
        Assert.Null(await _tokens.ValidateAsync(Forge(payload: Payload(issuer: "elsewhere"))));
        Assert.Null(await _tokens.ValidateAsync(Forge(payload: Payload(audience: "elsewhere"))));
    }

    [Fact]
    public async Task A_token_without_an_expiry_is_refused() => Assert.Null(await _tokens.ValidateAsync(Forge(payload: Payload(expires: ""))));

    [Theory]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public async Task A_token_from_the_future_is_valid_within_the_accepted_clock_difference(int seconds, bool good)
    {
        var ahead = new AccessTokens(_key, Options.Create(_options), new FakeTimeProvider(Start.AddSeconds(seconds)));
        Assert.Equal(good, await _tokens.ValidateAsync(ahead.Issue(_alice).Text) is not null);
    }

    [Fact]
    public async Task A_token_without_a_user_id_is_refused() => Assert.Null(await _tokens.ValidateAsync(Forge(payload: Payload(subject: "alice"))));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("..")]
    [InlineData("a.b.c")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9..")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.e30.")]
    [InlineData("a.b.c.d.e")]
    [InlineData("ÿ.ÿ.ÿ")]
    public async Task A_malformed_token_is_refused(string text) => Assert.Null(await _tokens.ValidateAsync(text));

    [Fact]
    public async Task A_token_with_any_character_changed_is_refused()
    {
        var token = _tokens.Issue(_alice).Text;
        // Some bits of the last character have no meaning.
        for (var at = 0; at < token.Length - 1; at++)
        {
            var changed = token.ToCharArray();
            changed[at] = changed[at] == 'A' ? 'B' : 'A';
            Assert.Null(await _tokens.ValidateAsync(new string(changed)));
        }
    }

    [Fact]
    public async Task A_huge_token_is_refused() => Assert.Null(await _tokens.ValidateAsync(Forge(payload: Payload(subject: new string('a', 1_000_000)))));

    private string Payload(string issuer = "webchat", string audience = "webchat", string? subject = null, string? expires = null)
    {
        var now = _clock.GetUtcNow().ToUnixTimeSeconds();
        var end = expires ?? $""","exp":{now + 60}""";
        return $$"""{"iss":"{{issuer}}","aud":"{{audience}}","sub":"{{subject ?? _alice.User.Value}}","sid":"{{_alice.Family}}","name":"{{_alice.Username}}","nbf":{{now}}{{end}}}""";
    }

    private string Forge(string algorithm = "HS256", string? payload = null, byte[]? key = null, Func<byte[], byte[]>? sign = null)
    {
        var header = $$"""{"alg":"{{algorithm}}","typ":"JWT"}""";
        var signed = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header)) + "." + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload ?? Payload()));
        var bytes = Encoding.ASCII.GetBytes(signed);
        return signed + "." + Base64Url.EncodeToString(sign?.Invoke(bytes) ?? HMACSHA256.HashData(key ?? _key.Load(), bytes));
    }
}
