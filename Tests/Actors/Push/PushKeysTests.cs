using System.Buffers.Text;
using System.Security.Cryptography;
using WebChat.Actors.Options;
using WebChat.Actors.Persistence;
using WebChat.Actors.Push;

namespace WebChat.Tests.Actors.Push;

public sealed class PushKeysTests
{
    [Fact]
    public async Task The_key_is_created_once_and_read_by_the_next_start()
    {
        using var folder = new Folder();
        var first = await Start(folder);
        var second = await Start(folder);

        Assert.Equal((first.Public, first.Private), (second.Public, second.Private));
        var (point, scalar) = (Base64Url.DecodeFromChars(first.Public), Base64Url.DecodeFromChars(first.Private));
        using var pair = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = scalar, Q = new() { X = point[1..33], Y = point[33..] } });
        byte[] data = [1];
        Assert.True(pair.VerifyData(data, pair.SignData(data, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256));
    }

    private static async Task<PushKeys> Start(Folder folder)
    {
        using var database = new JournalDatabase(Microsoft.Extensions.Options.Options.Create(new StorageOptions { DataDirectory = folder.Path }));
        await database.StartAsync(CancellationToken.None);
        var keys = new PushKeys(database);
        await keys.StartAsync(CancellationToken.None);
        return keys;
    }
}
