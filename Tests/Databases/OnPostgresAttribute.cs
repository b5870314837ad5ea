using System.Reflection;
using WebChat.Tests.Requires;
using Xunit.Sdk;

namespace WebChat.Tests.Databases;

/// <summary>Runs a theory on PostgreSQL; skipped where there is no server to start.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnPostgresAttribute : DataAttribute
{
    /// <summary>Decides whether it can run.</summary>
    public OnPostgresAttribute() => Skip = new PostgresFactAttribute().Skip;

    /// <inheritdoc />
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[DatabaseKind.Postgres]];
}
