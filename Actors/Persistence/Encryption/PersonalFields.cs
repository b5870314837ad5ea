using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using WebChat.Journal.V1;

namespace WebChat.Actors.Persistence.Encryption;

/// <summary>The personal fields of a journal message, as its .proto marks them: its own, and those of its parts.</summary>
internal sealed class PersonalFields
{
    private const string EncryptedField = "encrypted";

    private static readonly ConcurrentDictionary<MessageDescriptor, PersonalFields> Known = new();

    private static readonly MethodInfo Cloning = typeof(PersonalFields).GetMethod(nameof(CloneOf), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly FieldDescriptor[] _parts;
    private readonly Func<IMessage, IMessage> _clone;

    private PersonalFields(MessageDescriptor message)
    {
        var fields = message.Fields.InDeclarationOrder();
        Personal = [.. fields.Where(field => field.GetOptions()?.GetExtension(PersonalExtensions.Personal) == true)];
        Encrypted = Personal.Length == 0 ? null : message.FindFieldByName(EncryptedField) ?? throw new ArgumentException($"{message.FullName} has personal fields, but no '{EncryptedField}'.");
        _parts = [.. fields.Except(Personal).Where(field => field.FieldType == FieldType.Message && !field.IsMap && Of(field.MessageType).Exist)];
        _clone = Cloning.MakeGenericMethod(message.ClrType).CreateDelegate<Func<IMessage, IMessage>>();
        Purpose = Encoding.UTF8.GetBytes(message.FullName);
    }

    /// <summary>The personal fields of a kind of message.</summary>
    public static PersonalFields Of(MessageDescriptor message) => Known.GetOrAdd(message, static m => new(m));

    /// <summary>Whether the message or its parts have personal fields.</summary>
    public bool Exist => Encrypted is not null || _parts.Length > 0;

    /// <summary>The message's own personal fields.</summary>
    public FieldDescriptor[] Personal { get; }

    /// <summary>The field that holds the message's own personal fields when they are encrypted; null if it has none.</summary>
    public FieldDescriptor? Encrypted { get; }

    /// <summary>The associated data of the encryption, which ties a ciphertext to its kind of message.</summary>
    public byte[] Purpose { get; }

    /// <summary>The parts of a message that may have personal fields.</summary>
    public IEnumerable<IMessage> PartsOf(IMessage message) => _parts.Length == 0 ? [] : _parts.SelectMany(field => field.Accessor.GetValue(message) switch
    {
        IMessage part => [part],
        IList parts => parts.Cast<IMessage>(),
        _ => Enumerable.Empty<IMessage>(),
    });

    /// <summary>Copies a message deeply.</summary>
    public IMessage Clone(IMessage message) => _clone(message);

    /// <summary>Removes the message's own personal fields and returns them encoded; empty if they were empty.</summary>
    public byte[] TakeFrom(IMessage message)
    {
        var personal = message.Descriptor.Parser.ParseFrom(ReadOnlySpan<byte>.Empty);
        foreach (var field in Personal)
        {
            if (field.IsRepeated)
            {
                var values = (IList)field.Accessor.GetValue(personal);
                foreach (var value in (IList)field.Accessor.GetValue(message))
                    values.Add(value);
            }
            else if (field.Accessor.GetValue(message) is { } value)
            {
                field.Accessor.SetValue(personal, value);
            }

            field.Accessor.Clear(message);
        }

        return personal.ToByteArray();
    }

    private static IMessage CloneOf<TMessage>(IMessage message)
        where TMessage : IMessage, IDeepCloneable<TMessage> => ((TMessage)message).Clone();
}
