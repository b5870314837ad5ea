using Microsoft.Extensions.Options;
using WebChat.Actors.Options;

namespace WebChat.Actors.Cluster;

/// <summary>Checks what the nodes of a cluster must share.</summary>
public sealed class ClusterCheck(IOptions<StorageOptions> storage, IOptions<AuthOptions> auth) : IValidateOptions<ClusterOptions>
{
    public ValidateOptionsResult Validate(string? name, ClusterOptions options)
    {
        if (!options.IsOn)
            return ValidateOptionsResult.Success;
        if (storage.Value.Database != DatabaseKind.Postgres)
            return ValidateOptionsResult.Fail("WebChat:Database: must be postgres with WebChat:Cluster, since nodes cannot share a SQLite file.");
        return auth.Value.SigningKeys.Count == 0
            ? ValidateOptionsResult.Fail("WebChat:Auth:SigningKeys: must be set with WebChat:Cluster, since every node accepts the access tokens of the others.")
            : ValidateOptionsResult.Success;
    }
}
