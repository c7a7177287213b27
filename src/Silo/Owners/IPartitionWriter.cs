using System.Collections.Immutable;
using Orleans.Services;
using Scoring.Ledger;
using Scoring.Subjects;

namespace Scoring.Owners;

/// <summary>
/// The writer of one silo, as the other silos call it. Ownership is speed and never correctness: a silo may write every row itself.
/// </summary>
[Alias("scoring.IPartitionWriter")]
internal interface IPartitionWriter : IGrainService
{
    /// <summary>Appends rows here, whichever silo owns their partitions by now.</summary>
    [Alias("Append")]
    Task<RoutedOutcome> Append(RoutedRows rows);

    /// <summary>Forgets what this silo's writer remembers of a subject that has left.</summary>
    [Alias("Forget")]
    Task Forget(SubjectId subject);
}

/// <summary>Rows on their way to the owner of their partitions.</summary>
/// <param name="Events">Events.</param>
/// <param name="Queries">Queries.</param>
[GenerateSerializer, Immutable, Alias("scoring.routed-rows")]
internal sealed record RoutedRows(ImmutableArray<RoutedEvent> Events, ImmutableArray<RoutedQuery> Queries)
{
    /// <summary>When a silo took the oldest row, in ticks of UTC; 0 from a silo of an earlier build.</summary>
    [Id(0)]
    public long AcceptedAt { get; init; }

    /// <summary>Prints the type alone, since the members lead to persons.</summary>
    public override string ToString() => nameof(RoutedRows);
}

/// <summary>An event on its way; see <see cref="EventToAppend"/>.</summary>
[GenerateSerializer, Immutable, Alias("scoring.routed-event")]
internal sealed record RoutedEvent(byte[] HandleHash, Guid Key, DateTimeOffset Instant, DateOnly Day, byte[] Body)
{
    /// <summary>Makes the form in which an event travels.</summary>
    public static RoutedEvent Of(EventToAppend row) => new(row.HandleHash, row.Key, row.Instant, row.Day, row.Body);

    /// <summary>The event.</summary>
    public EventToAppend ToAppend() => new(HandleHash, Key, Instant, Day, Body);

    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(RoutedEvent);
}

/// <summary>A query on its way; see <see cref="QueryToAppend"/>.</summary>
[GenerateSerializer, Immutable, Alias("scoring.routed-query")]
internal sealed record RoutedQuery(byte[] GrantHash, Guid Key, DateTimeOffset At, DateOnly Day, byte[] BodyPrefix, byte[] BodySuffix)
{
    /// <summary>Makes the form in which a query travels.</summary>
    public static RoutedQuery Of(QueryToAppend row) =>
        new(row.GrantHash, row.Key, row.At, row.Day, row.BodyPrefix, row.BodySuffix);

    /// <summary>The query.</summary>
    public QueryToAppend ToAppend() => new(GrantHash, Key, At, Day, BodyPrefix, BodySuffix);

    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(RoutedQuery);
}

/// <summary>What came of rows that the owner was given.</summary>
/// <param name="Accepted">Whether all rows are committed; if not, the owner is past its limits.</param>
/// <param name="Turns">The place of each query, in their order; without a subject where its grant leads nowhere.</param>
[GenerateSerializer, Immutable, Alias("scoring.routed-outcome")]
internal sealed record RoutedOutcome(bool Accepted, ImmutableArray<RoutedTurn> Turns)
{
    /// <summary>Prints the type alone, since the members lead to persons.</summary>
    public override string ToString() => nameof(RoutedOutcome);
}

/// <summary>The place of a query's entry; see <see cref="QueryTurn"/>. <paramref name="Turn"/> is 0 when there is none.</summary>
[GenerateSerializer, Immutable, Alias("scoring.routed-turn")]
internal sealed record RoutedTurn(SubjectId Subject, SubjectKind Kind, long Turn, DateOnly Day)
{
    /// <summary>Makes the form in which a query's place travels.</summary>
    public static RoutedTurn Of(QueryTurn? turn) =>
        turn is null ? new(default, default, 0, default) : new(turn.Subject, turn.Kind, turn.Turn, turn.Day);

    /// <summary>The place; <see langword="null"/> when there is none.</summary>
    public QueryTurn? ToTurn() => Turn > 0 ? new(Subject, Kind, Turn, Day) : null;

    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(RoutedTurn);
}
