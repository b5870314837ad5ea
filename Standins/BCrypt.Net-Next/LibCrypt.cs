using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace BCrypt.Net;

/// <summary>The two functions of the system's libcrypt (libxcrypt). Both work in the caller's memory, so any thread may call them.</summary>
internal static unsafe partial class LibCrypt
{
    private const string Library = "libcrypt.so.1";

    // The size of libxcrypt's crypt_data, which is part of its ABI.
    private const int WorkspaceSize = 32768;
    private const int OutputSize = 192;

    static LibCrypt() => NativeLibrary.SetDllImportResolver(typeof(LibCrypt).Assembly, Resolve);

    /// <summary>A <c>$2b$</c> salt of that cost from 16 random bytes.</summary>
    public static string Salt(int workFactor, ReadOnlySpan<byte> random)
    {
        var output = stackalloc byte[OutputSize];
        fixed (byte* prefix = "$2b$\0"u8)
        fixed (byte* bytes = random)
        {
            var salt = GenerateSalt(prefix, (uint)workFactor, bytes, random.Length, output, OutputSize);
            return salt is null ? throw NoBcrypt() : Marshal.PtrToStringUTF8((nint)salt)!;
        }
    }

    /// <summary>Hashes a key that ends in NUL with a salt.</summary>
    public static string Hash(ReadOnlySpan<byte> key, string salt)
    {
        var setting = new byte[salt.Length + 1];
        Encoding.ASCII.GetBytes(salt, setting);
        var workspace = GC.AllocateArray<byte>(WorkspaceSize, pinned: true);
        try
        {
            fixed (byte* phrase = key)
            fixed (byte* settings = setting)
            fixed (byte* data = workspace)
            {
                var hash = Crypt(phrase, settings, data, WorkspaceSize);
                return hash is null
                    ? throw new SaltParseException("Invalid salt: libcrypt does not accept it.")
                    : Marshal.PtrToStringUTF8((nint)hash)!;
            }
        }
        finally
        {
            // The key and what was derived from it have passed through here.
            CryptographicOperations.ZeroMemory(workspace);
        }
    }

    [LibraryImport(Library, EntryPoint = "crypt_rn")]
    private static partial byte* Crypt(byte* phrase, byte* setting, byte* data, int size);

    [LibraryImport(Library, EntryPoint = "crypt_gensalt_rn")]
    private static partial byte* GenerateSalt(byte* prefix, CULong count, byte* random, int randomLength, byte* output, int outputSize);

    private static byte* GenerateSalt(byte* prefix, uint count, byte* random, int randomLength, byte* output, int outputSize)
        => GenerateSalt(prefix, new CULong(count), random, randomLength, output, outputSize);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library)
        {
            return 0;
        }

        // libcrypt.so.1 is also what old C libraries called a crypt without bcrypt; .2 is libxcrypt where that name is not kept.
        foreach (var candidate in new[] { Library, "libcrypt.so.2" })
        {
            if (NativeLibrary.TryLoad(candidate, assembly, path, out var library))
            {
                if (NativeLibrary.TryGetExport(library, "crypt_gensalt_rn", out _))
                {
                    return library;
                }

                NativeLibrary.Free(library);
            }
        }

        throw NoBcrypt();
    }

    private static DllNotFoundException NoBcrypt() => new(
        "Passwords are hashed by libcrypt (libxcrypt), and this system has none that knows bcrypt. "
        + "Install it: libcrypt1 on Debian and Ubuntu, libxcrypt-compat on Fedora.");
}
