using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using WebChat.Actors;
using WebChat.Edge.Errors;

namespace WebChat.Tests.Edge.Errors;

public sealed class FailuresTests
{
    [Fact]
    public void A_database_failure_is_unavailable_with_a_retry_time()
    {
        var failures = new Failures(NullLogger<Failures>.Instance);

        Assert.All((Exception[])[new NpgsqlException("The connection is broken."), new SqliteException("The database is locked.", 5)], failure =>
        {
            var told = failures.Explain(failure);
            Assert.Equal(ErrorCode.Unavailable, told.Code);
            Assert.NotNull(told.RetryAfter);
        });
    }
}
