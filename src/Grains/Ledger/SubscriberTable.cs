using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Scoring.Subjects;

namespace Scoring.Ledger;

/// <summary>
/// The active subjects of one partition, to which it delivers entries. Each registration has a lease. The table is thread-safe, because the
/// subjects of the partition's own silo use it directly.
/// </summary>
internal sealed class SubscriberTable(TimeProvider time, TimeSpan lease)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SubjectId, Subscriber> _registrations = [];
    private bool _isClosed;

    public int Count
    {
        get { lock (_gate) return _registrations.Count; }
    }

    /// <summary>Registers a subject or renews its lease. Returns the registration's number; 0 when the table is closed.</summary>
    public long Register(SubjectId subject, ISubjectGrain grain)
    {
        lock (_gate)
        {
            if (_isClosed) return 0;
            if (TryFind(subject, out var known))
            {
                known.Until = Until();
                return known.Number;
            }
            var number = RandomNumber();
            _registrations[subject] = new Subscriber(number, grain) { Until = Until() };
            return number;
        }
    }

    /// <summary>Renews a lease. Returns <see langword="false"/>, and registers nothing, when the registration is gone.</summary>
    public bool Renew(SubjectId subject, long registration)
    {
        lock (_gate)
        {
            if (!TryFind(subject, out var known) || known.Number != registration) return false;
            known.Until = Until();
            return true;
        }
    }

    public void Forget(SubjectId subject, long registration)
    {
        lock (_gate)
        {
            if (_registrations.TryGetValue(subject, out var known) && (registration == 0 || registration == known.Number))
                _registrations.Remove(subject);
        }
    }

    public bool TryFind(SubjectId subject, [NotNullWhen(true)] out Subscriber? registration)
    {
        lock (_gate) return _registrations.TryGetValue(subject, out registration) && registration.Until > time.GetTimestamp();
    }

    /// <summary>Removes registrations whose lease has expired.</summary>
    public void Sweep()
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            foreach (var (subject, registration) in _registrations)
                if (registration.Until <= now) _registrations.Remove(subject);
        }
    }

    /// <summary>Drops every registration, and takes none from now on.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _registrations.Clear();
        }
    }

    private long Until() => time.GetTimestamp() + (long)(lease.TotalSeconds * time.TimestampFrequency);

    private static long RandomNumber()
    {
        Span<byte> bytes = stackalloc byte[8];
        RandomNumberGenerator.Fill(bytes);
        return BitConverter.ToInt64(bytes) | 1;
    }

    /// <summary>One subject's registration.</summary>
    internal sealed class Subscriber(long number, ISubjectGrain grain)
    {
        public long Number { get; } = number;

        public ISubjectGrain Grain { get; } = grain;

        /// <summary>The end of the lease, a timestamp of the table's clock.</summary>
        public long Until { get; set; }
    }
}
