using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Akka.Actor;

/// <summary>Where an actor lives: the names from the root of its system down to it. Equality leaves the uid out.</summary>
public abstract class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>
{
    /// <summary>What a name may hold beside letters and digits.</summary>
    public const string ValidSymbols = "\"-_.*$+:@&=,!~';()";

    private static readonly SearchValues<char> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" + ValidSymbols);

    private readonly ActorPath? _parent;
    private int _hash;

    /// <summary>The root of a system.</summary>
    protected ActorPath(Address address, string name)
    {
        Address = address;
        Name = name;
        Depth = 0;
    }

    /// <summary>A place below another.</summary>
    protected ActorPath(ActorPath parentPath, string name, long uid)
    {
        _parent = parentPath;
        Address = parentPath.Address;
        Name = name;
        Uid = uid;
        Depth = parentPath.Depth + 1;
    }

    /// <summary>The address of the system.</summary>
    public Address Address { get; }

    /// <summary>The last name of the path.</summary>
    public string Name { get; }

    /// <summary>What tells the incarnations of a path apart; 0 where no incarnation is meant.</summary>
    public long Uid { get; }

    /// <summary>How many names the path has.</summary>
    public int Depth { get; }

    /// <summary>The path one name shorter; the root is its own parent.</summary>
    public ActorPath Parent => _parent ?? this;

    /// <summary>The root of the system.</summary>
    public ActorPath Root => ParentOf(0);

    /// <summary>The names from the root down.</summary>
    public IReadOnlyList<string> Elements
    {
        get
        {
            var names = new string[Depth];
            var path = this;
            for (var i = Depth - 1; i >= 0; i--, path = path.Parent) names[i] = path.Name;
            return names;
        }
    }

    /// <summary>A place below <paramref name="path"/>.</summary>
    public static ActorPath operator /(ActorPath path, string name) => path.Child(name);

    /// <summary>A place some names below <paramref name="path"/>.</summary>
    public static ActorPath operator /(ActorPath path, IEnumerable<string> name) => name.Aggregate(path, (p, n) => p.Child(n));

    /// <summary>Whether two paths name the same place.</summary>
    public static bool operator ==(ActorPath? left, ActorPath? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether two paths name different places.</summary>
    public static bool operator !=(ActorPath? left, ActorPath? right) => !(left == right);

    /// <summary>
    /// Whether a name may be given to an actor: it is not empty, does not begin with <c>$</c>, and has no characters
    /// but ASCII letters, digits, <see cref="ValidSymbols"/>, and <c>%</c> with two hex digits.
    /// </summary>
    public static bool IsValidPathElement(string s)
    {
        if (string.IsNullOrEmpty(s) || s[0] == '$') return false;
        if (!s.AsSpan().ContainsAnyExcept(Plain)) return true;
        for (var i = 0; i < s.Length; i++)
        {
            if (Plain.Contains(s[i])) continue;
            if (s[i] != '%' || i + 2 >= s.Length || !char.IsAsciiHexDigit(s[i + 1]) || !char.IsAsciiHexDigit(s[i + 2])) return false;
            i += 2;
        }

        return true;
    }

    /// <summary>Reads a path with its address.</summary>
    /// <exception cref="UriFormatException">It is malformed.</exception>
    public static ActorPath Parse(string path) =>
        TryParse(path, out var parsed) ? parsed : throw new UriFormatException($"Can not parse an ActorPath: {path}");

    /// <summary>Reads a path with its address; false where it is malformed.</summary>
    public static bool TryParse(string path, [NotNullWhen(true)] out ActorPath? actorPath)
    {
        actorPath = null;
        if (path is null || !Address.TryParse(path, out var address)) return false;
        var begin = path.IndexOf('/', path.IndexOf("://", StringComparison.Ordinal) + 3);
        actorPath = new RootActorPath(address);
        if (begin < 0) return true;
        var names = path[begin..];
        var uid = 0L;
        var hash = names.LastIndexOf('#');
        if (hash >= 0)
        {
            if (!long.TryParse(names.AsSpan(hash + 1), out uid)) return false;
            names = names[..hash];
        }

        foreach (var name in names.Split('/', StringSplitOptions.RemoveEmptyEntries)) actorPath = new ChildActorPath(actorPath, name, 0);
        if (uid != 0) actorPath = actorPath.WithUid(uid);
        return true;
    }

    /// <summary>A place below this one.</summary>
    public ActorPath Child(string childName) => new ChildActorPath(this, childName, 0);

    /// <summary>The path shortened to so many names.</summary>
    public ActorPath ParentOf(int depth)
    {
        var path = this;
        while (path.Depth > depth) path = path.Parent;
        return path;
    }

    /// <summary>The same place, of a certain incarnation.</summary>
    /// <exception cref="NotSupportedException">The root has no incarnations.</exception>
    public ActorPath WithUid(long uid)
    {
        if (uid == Uid) return this;
        return _parent is null ? throw new NotSupportedException("RootActorPath must have undefined Uid") : new ChildActorPath(_parent, Name, uid);
    }

    /// <summary>The path without its address.</summary>
    public string ToStringWithoutAddress() => Depth == 0 ? "/" : "/" + string.Join('/', Elements);

    /// <summary>The path with its address.</summary>
    public string ToStringWithAddress() => Address + ToStringWithoutAddress();

    /// <summary>The path with another address where its own holds within the process only.</summary>
    public string ToStringWithAddress(Address address) => (Address.HasGlobalScope ? Address : address) + ToStringWithoutAddress();

    /// <summary>The path with its address and uid.</summary>
    public string ToStringWithUid() => Uid == 0 ? ToStringWithAddress() : $"{ToStringWithAddress()}#{Uid}";

    /// <summary>The path as it is written down to be found again.</summary>
    public string ToSerializationFormat() => ToStringWithUid();

    /// <inheritdoc/>
    public bool Equals(ActorPath? other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (other is null || Depth != other.Depth) return false;
        ActorPath mine = this, its = other;
        for (; mine.Depth > 0; mine = mine.Parent, its = its.Parent)
        {
            if (ReferenceEquals(mine, its)) return true;
            if (mine.Name != its.Name) return false;
        }

        return mine.Name == its.Name && mine.Address == its.Address;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ActorPath);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (_hash == 0) _hash = HashCode.Combine(Name, Depth == 0 ? Address.GetHashCode() : Parent.GetHashCode());
        return _hash;
    }

    /// <inheritdoc/>
    public int CompareTo(ActorPath? other) => string.CompareOrdinal(ToStringWithAddress(), other?.ToStringWithAddress());

    /// <inheritdoc/>
    public override string ToString() => ToStringWithAddress();
}
