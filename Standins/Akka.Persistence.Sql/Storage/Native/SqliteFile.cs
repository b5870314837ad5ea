using System.Runtime.InteropServices;

namespace Akka.Persistence.Sql.Storage.Native;

/// <summary>An open file as SQLite knows it, <c>sqlite3_file</c>; behind it lies what its file system keeps of it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SqliteFile
{
    /// <summary>Null while the file is not open.</summary>
    public SqliteFileMethods* Methods;
}
