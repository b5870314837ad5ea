using System.Reflection;
using WebChat.Tests.Requires;
using Xunit.Sdk;

namespace WebChat.Tests.Databases;

/// <summary>Runs a theory on PostgreSQL; skipped where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnPostgresAttribute : DataAttribute
{
    public OnPostgresAttribute() => Skip = new PostgresFactAttribute().Skip;

    /// <inheritdoc />
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[DatabaseKind.Postgres]];
}
