using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using WebChat.Actors.Accounts;
using WebChat.Actors.Options;
using WebChat.Actors.Users;
using WebChat.Edge.Auth;

namespace WebChat.Tests.Edge.Auth;

public sealed class AccessTokensTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("webchat-tokens-");
    private readonly SettableClock _clock = new();
    private readonly AuthOptions _options = new();
    private readonly SigningKey _key;
    private readonly AccessTokens _tokens;
    private readonly Identity _alice;

    public AccessTokensTests()
    {
        _key = new(Options.Create(new StorageOptions { DataDirectory = _data.FullName }));
        _tokens = new(_key, Options.Create(_options), _clock);
        _alice = new(UserId.New(_clock.Now), FamilyId.New(_clock.Now));
    }

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public void A_token_stands_for_whom_it_was_issued_to() => Assert.Equal(_alice, _tokens.Validate(_tokens.Issue(_alice).Text));

    [Fact]
    public void A_token_is_good_until_the_second_it_names_and_no_longer()
    {
        var token = _tokens.Issue(_alice);
        Assert.Equal(_clock.Now + _options.AccessTokenLifetime, token.ExpiresAt);

        _clock.Now = token.ExpiresAt - TimeSpan.FromMilliseconds(1);
        Assert.NotNull(_tokens.Validate(token.Text));
        _clock.Now = token.ExpiresAt;
        Assert.Null(_tokens.Validate(token.Text));
    }

    [Fact]
    public void A_token_is_still_good_after_the_server_has_restarted()
    {
        var token = _tokens.Issue(_alice);
        var restarted = new AccessTokens(new(Options.Create(new StorageOptions { DataDirectory = _data.FullName })), Options.Create(_options), _clock);
        Assert.Equal(_alice, restarted.Validate(token.Text));
    }

    [Fact]
    public void A_token_made_by_hand_as_the_server_makes_them_is_good() =>
        // What the forgeries below differ from by one thing each.
        Assert.Equal(_alice, _tokens.Validate(Forge()));

    [Fact]
    public void A_token_signed_with_another_key_is_refused() => Assert.Null(_tokens.Validate(Forge(key: new byte[32])));

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("NONE")]
    public void An_unsigned_token_is_refused(string algorithm)
    {
        Assert.Null(_tokens.Validate(Forge(algorithm, sign: _ => [])));
        // Not even with a signature that would be good under the right algorithm.
        Assert.Null(_tokens.Validate(Forge(algorithm)));
    }

    [Fact]
    public void A_token_under_another_algorithm_is_refused_although_the_key_is_right()
    {
        Assert.Null(_tokens.Validate(Forge("HS512", sign: signed => HMACSHA512.HashData(_key.Load(), signed))));
        Assert.Null(_tokens.Validate(Forge("HS384", sign: signed => HMACSHA384.HashData(_key.Load(), signed))));
        Assert.Null(_tokens.Validate(Forge("RS256")));
    }

    [Fact]
    public void A_token_of_another_issuer_or_for_another_audience_is_refused()
    {
        Assert.Null(_tokens.Validate(Forge(payload: Payload(issuer: "elsewhere"))));
        Assert.Null(_tokens.Validate(Forge(payload: Payload(audience: "elsewhere"))));
    }

    [Fact]
    public void A_token_without_end_is_refused() => Assert.Null(_tokens.Validate(Forge(payload: Payload(expires: ""))));

    [Fact]
    public void A_token_from_the_future_is_refused()
    {
        var token = _tokens.Issue(_alice);
        _clock.Now -= TimeSpan.FromSeconds(1);
        Assert.Null(_tokens.Validate(token.Text));
    }

    [Fact]
    public void A_token_that_names_nobody_is_refused() => Assert.Null(_tokens.Validate(Forge(payload: Payload(subject: "alice"))));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("..")]
    [InlineData("a.b.c")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9..")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.e30.")]
    [InlineData("a.b.c.d.e")]
    [InlineData("ÿ.ÿ.ÿ")]
    public void What_is_no_token_is_refused(string text) => Assert.Null(_tokens.Validate(text));

    [Fact]
    public void A_token_with_any_character_changed_is_refused()
    {
        var token = _tokens.Issue(_alice).Text;
        // The last character has bits that mean nothing.
        for (var at = 0; at < token.Length - 1; at++)
        {
            var changed = token.ToCharArray();
            changed[at] = changed[at] == 'A' ? 'B' : 'A';
            Assert.Null(_tokens.Validate(new string(changed)));
        }
    }

    [Fact]
    public void A_huge_token_is_refused() => Assert.Null(_tokens.Validate(Forge(payload: Payload(subject: new string('a', 1_000_000)))));

    private string Payload(string issuer = "webchat", string audience = "webchat", string? subject = null, string? expires = null)
    {
        var now = _clock.Now.ToUnixTimeSeconds();
        var end = expires ?? $""","exp":{now + 60}""";
        return $$"""{"iss":"{{issuer}}","aud":"{{audience}}","sub":"{{subject ?? _alice.User.Value}}","sid":"{{_alice.Family}}","nbf":{{now}}{{end}}}""";
    }

    private string Forge(string algorithm = "HS256", string? payload = null, byte[]? key = null, Func<byte[], byte[]>? sign = null)
    {
        var header = $$"""{"alg":"{{algorithm}}","typ":"JWT"}""";
        var signed = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header)) + "." + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload ?? Payload()));
        var bytes = Encoding.ASCII.GetBytes(signed);
        return signed + "." + Base64Url.EncodeToString(sign?.Invoke(bytes) ?? HMACSHA256.HashData(key ?? _key.Load(), bytes));
    }
}
