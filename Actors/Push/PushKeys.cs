using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using WebChat.Actors.Persistence;

namespace WebChat.Actors.Push;

/// <summary>
/// The server's VAPID key, by which push services know it: a key pair of P-256 in the database, so that all servers of one
/// database have the same. Created on the first start. A new key would make all subscriptions useless.
/// </summary>
public sealed class PushKeys(JournalDatabase database) : IHostedService
{
    private const string Name = "push";
    private const int Coordinate = 32;

    private byte[] _pair = [];

    /// <summary>The point, uncompressed, in base64url.</summary>
    public string Public => Base64Url.EncodeToString([4, .. _pair.AsSpan(Coordinate)]);

    /// <summary>The scalar, in base64url.</summary>
    public string Private => Base64Url.EncodeToString(_pair.AsSpan(0, Coordinate));

    /// <summary>Reads the key, and creates it if there is none.</summary>
    /// <exception cref="System.Data.Common.DbException">The database cannot be read or written.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is not { } pair)
        {
            using var created = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var parameters = created.ExportParameters(includePrivateParameters: true);
            byte[] secret = [.. parameters.D!, .. parameters.Q.X!, .. parameters.Q.Y!];
            database.Execute("INSERT INTO server_key (name, secret) VALUES (@name, @secret) ON CONFLICT DO NOTHING", ("@name", Name), ("@secret", secret));
            pair = (await FindAsync(cancellationToken))!; // another server may have been first
        }

        _pair = pair;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Task<byte[]?> FindAsync(CancellationToken cancellationToken) => database.Read(
        "SELECT secret FROM server_key WHERE name = @name",
        async rows => await rows.ReadAsync(cancellationToken) ? rows.GetFieldValue<byte[]>(0) : null,
        cancellationToken,
        ("@name", Name));
}
