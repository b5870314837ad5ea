using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using WebChat.Actors.Users;

namespace WebChat.Tests.Actors.Rooms;

/// <summary>Looks for users in what clients are told.</summary>
internal static class UserTraces
{
    /// <summary>Fails if a message, in either encoding, has in it a user's id or what a server might make of one.</summary>
    public static void AssertNone(IMessage message, IEnumerable<UserId> users)
    {
        var (binary, json) = (message.ToByteArray(), JsonFormatter.Default.Format(message));
        foreach (var user in users)
        {
            foreach (var (text, bytes) in Forms(user))
            {
                Assert.DoesNotContain(text, json, StringComparison.OrdinalIgnoreCase);
                Assert.True(binary.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) < 0 && binary.AsSpan().IndexOf(bytes) < 0, $"{message.Descriptor.FullName} has {text} in it.");
            }
        }
    }

    // As text, as bytes, and hashed.
    private static IEnumerable<(string Text, byte[] Bytes)> Forms(UserId user)
    {
        var id = Convert.FromHexString(user.Value);
        byte[][] forms = [id, Guid.Parse(user.Value).ToByteArray(), SHA256.HashData(id), SHA256.HashData(Encoding.UTF8.GetBytes(user.Value)), MD5.HashData(id)];
        foreach (var form in forms)
        {
            yield return (Convert.ToHexStringLower(form), form);
            yield return (Convert.ToBase64String(form).TrimEnd('='), form);
        }
    }
}
