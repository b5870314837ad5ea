using System.Runtime.InteropServices;

namespace Akka.Persistence.Sql.Storage.Native;

/// <summary>A file system of SQLite, version 3 of <c>sqlite3_vfs</c>; what is only handed on is left untyped.</summary>
/// <remarks>As in SQLite's interface, https://sqlite.org/c3ref/vfs.html.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SqliteVfs
{
    public int Version;

    /// <summary>Bytes that SQLite reserves for each open file.</summary>
    public int FileSize;

    public int MaxPathname;
    public SqliteVfs* Next;
    public byte* Name;
    public void* AppData;
    public delegate* unmanaged[Cdecl]<SqliteVfs*, byte*, SqliteFile*, int, int*, int> Open;
    public void* Delete;
    public void* Access;
    public void* FullPathname;
    public void* DlOpen;
    public void* DlError;
    public void* DlSym;
    public void* DlClose;
    public void* Randomness;
    public void* Sleep;
    public void* CurrentTime;
    public void* GetLastError;
    public void* CurrentTimeInt64;
    public void* SetSystemCall;
    public void* GetSystemCall;
    public void* NextSystemCall;
}
