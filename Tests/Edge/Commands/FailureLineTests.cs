using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;
using WebChat.Edge.Commands;

namespace WebChat.Tests.Edge.Commands;

public sealed class FailureLineTests
{
    [Theory]
    [InlineData(5, "Stop the other program")]
    [InlineData(8, "right to write")]
    [InlineData(11, "`restore FILE`")]
    [InlineData(10, "free space")]
    [InlineData(13, "free space")]
    [InlineData(14, "right to write")]
    [InlineData(26, "`restore FILE`")]
    public void A_failure_of_SQLite_comes_with_advice(int code, string advice)
    {
        var line = FailureLine.Of(new SqliteException("SQLite Error: 'no'.", code));

        Assert.StartsWith("The SQLite database cannot be used: SQLite Error: 'no'. ", line);
        Assert.Contains(advice, line);
    }

    [Fact]
    public void A_port_in_use_is_named() => Assert.Equal(
        "Failed to bind to http://[::]:8080: address already in use. Stop the program that uses it, or set another address in Kestrel:Endpoints.",
        FailureLine.Of(new IOException("Failed to bind to http://[::]:8080: address already in use.", new AddressInUseException("in use"))));

    [Fact]
    public void A_message_of_several_lines_becomes_one() => Assert.Equal("First. Second. Run with --verbose to see the trace.", FailureLine.Of(new InvalidOperationException("First.\nSecond\n")));
}
