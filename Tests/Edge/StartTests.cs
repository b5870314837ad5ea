using WebChat.Actors.Journal.Schema;
using WebChat.Actors.Options;

namespace WebChat.Tests.Edge;

public class StartTests
{
    [Theory]
    [InlineData("WebChat:Auth:BcryptWorkFactor", "3")]
    [InlineData("WebChat:Auth:AccessTokenLifetime", "00:00:00")]
    [InlineData("WebChat:Auth:RefreshTokenLifetime", "soon")]
    [InlineData("WebChat:Limits:MessageBurst", "0")]
    [InlineData("WebChat:Sessions:GracePeriod", "2.00:00:00")]
    [InlineData("WebChat:AllowedOrigins:0", "chat.example")]
    [InlineData("WebChat:Moderation:ReportersToSuspend", "0")]
    [InlineData("WebChat:Voice:RingFor", "00:00:00")]
    [InlineData("WebChat:Voice:IceServers:0:Urls:0", "http://stun.example")]
    public async Task A_wrong_setting_is_named_at_start(string key, string value)
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => EdgeProcess.StartAsync((key, value)));
        Assert.Contains(key.TrimEnd(':', '0'), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Production_refuses_hashes_that_are_cheap_to_guess()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => EdgeProcess.StartAsync(("environment", "Production"), ("WebChat:Auth:BcryptWorkFactor", "9")));
        Assert.Contains("WebChat:Auth:BcryptWorkFactor", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_a_later_version_ends_the_start_with_a_line_that_names_both_versions()
    {
        var directory = Directory.CreateTempSubdirectory("webchat-later-");
        var file = $"Data Source={Path.Combine(directory.FullName, "webchat.db")}";
        new JournalSchema(new StorageOptions { ConnectionString = file }, [.. SchemaSteps.All, new("later", "", "")]).Migrate();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => EdgeProcess.StartAsync(("WebChat:ConnectionString", file)));

        var known = SchemaSteps.All.Count;
        Assert.Contains($"The Edge ended with 1 before it was ready.\nThe database is of schema version {known + 1}, and this program knows none later than {known}.", failure.Message);
        directory.Delete(recursive: true);
    }
}
