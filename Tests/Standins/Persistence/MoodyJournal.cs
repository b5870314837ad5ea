using System.Collections.Immutable;
using Akka.Persistence;
using Akka.Persistence.Journal;

namespace WebChat.Tests.Standins.Persistence;

/// <summary>A journal in memory that refuses, or fails at, events that ask for it.</summary>
public sealed class MoodyJournal : MemoryJournal
{
    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        var rejections = ImmutableList.CreateBuilder<Exception>();
        foreach (var write in messages)
        {
            var texts = ((IImmutableList<IPersistentRepresentation>)write.Payload).Select(e => ((Note)e.Payload).Text).ToList();
            if (texts.Contains("fail"))
            {
                throw new IOException("The disk is gone.");
            }

            if (texts.Contains("refuse"))
            {
                rejections.Add(new FormatException("This is not to be written."));
                continue;
            }

            await base.WriteMessagesAsync([write]);
            rejections.Add(null!);
        }

        return rejections.ToImmutable();
    }
}
