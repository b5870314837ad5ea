using System.Security.Cryptography;
using WebChat.Actors.Persistence;
using WebChat.Actors.Persistence.Encryption;

namespace WebChat.Actors.Users.Pictures;

/// <summary>
/// The users' pictures: one row each, encrypted under the user's key. The row alone says whether a user has a picture. The journal
/// does not mention pictures, so a change is one statement, and no crash can leave the two inconsistent.
/// </summary>
public sealed class PictureStore(JournalDatabase database, PersonKeys keys)
{
    /// <summary>Stores a user's picture in place of the old one. Then it is on disk.</summary>
    /// <exception cref="System.Data.Common.DbException">The database cannot be written.</exception>
    public Task Save(UserId user, ProfilePicture picture, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var key = keys.Of(user);
            database.Execute(
                """
                INSERT INTO picture (user_id, image, preview) VALUES (@user, @image, @preview)
                ON CONFLICT (user_id) DO UPDATE SET image = excluded.image, preview = excluded.preview
                """,
                ("@user", user.Value), ("@image", key.Encrypt(picture.Image, Part.Image.Purpose)), ("@preview", key.Encrypt(picture.Preview, Part.Preview.Purpose)));
        },
        cancellationToken);

    /// <summary>Deletes a user's picture, if there is one.</summary>
    /// <exception cref="System.Data.Common.DbException">The database cannot be written.</exception>
    public Task Delete(UserId user, CancellationToken cancellationToken) =>
        Task.Run(() => database.Execute("DELETE FROM picture WHERE user_id = @user", ("@user", user.Value)), cancellationToken);

    /// <summary>Whether a user has a picture.</summary>
    public Task<bool> Exists(UserId user, CancellationToken cancellationToken) =>
        database.Read("SELECT 1 FROM picture WHERE user_id = @user", rows => rows.ReadAsync(cancellationToken), cancellationToken, ("@user", user.Value));

    /// <summary>A user's picture; null if there is none.</summary>
    public Task<byte[]?> ReadImage(UserId user, CancellationToken cancellationToken) => Read(user, Part.Image, cancellationToken);

    /// <summary>The preview of a user's picture; null if there is none.</summary>
    public Task<byte[]?> ReadPreview(UserId user, CancellationToken cancellationToken) => Read(user, Part.Preview, cancellationToken);

    /// <exception cref="CryptographicException">The row is damaged.</exception>
    private Task<byte[]?> Read(UserId user, Part part, CancellationToken cancellationToken) => database.Read(
        $"SELECT {part.Column} FROM picture WHERE user_id = @user",
        async rows => await rows.ReadAsync(cancellationToken).ConfigureAwait(false) ? keys.Decrypt(rows.GetFieldValue<byte[]>(0), part.Purpose) : null,
        cancellationToken,
        ("@user", user.Value));

    /// <param name="Column">The column.</param>
    /// <param name="Purpose">The associated data of the encryption, so that a picture cannot be read as a preview.</param>
    private sealed record Part(string Column, byte[] Purpose)
    {
        public static readonly Part Image = new("image", "picture.image"u8.ToArray());

        public static readonly Part Preview = new("preview", "picture.preview"u8.ToArray());
    }
}
