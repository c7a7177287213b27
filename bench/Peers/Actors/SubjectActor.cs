using Akka.Actor;
using Akka.Persistence;
using Scoring.Peers.Entrance;
using Scoring.Peers.Scores;

namespace Scoring.Peers.Actors;

/// <summary>
/// One subject: it persists an event, then counts it and answers. Its journal has all events, so all keys are known. It takes no snapshots,
/// because histories are short.
/// </summary>
internal sealed class SubjectActor : ReceivePersistentActor
{
    private readonly SubjectScore _score = new();
    private readonly ScoringRules _rules;

    public SubjectActor(string handle, ScoringRules rules)
    {
        PersistenceId = "subject-" + handle;
        _rules = rules;
        Recover<PeerEvent>(Count);
        Command<PeerEvent>(Add);
        Command<ReadScore>(_ => Sender.Tell(_score.Read(_rules)));
    }

    public override string PersistenceId { get; }

    private void Add(PeerEvent one)
    {
        if (_score.Has(one))
        {
            Sender.Tell(Added.Instance);
            return;
        }
        Persist(one, stored =>
        {
            Count(stored);
            Sender.Tell(Added.Instance);
        });
    }

    private void Count(PeerEvent one) => _score.Count(one, _rules, int.MaxValue);
}

/// <summary>Asks a subject for its score.</summary>
internal sealed record ReadScore(string Handle);

/// <summary>Says that an event is stored.</summary>
internal sealed record Added
{
    public static readonly Added Instance = new();
}
