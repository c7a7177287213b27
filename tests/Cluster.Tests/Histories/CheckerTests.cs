using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Verify.Scores;

namespace Scoring.Histories;

/// <summary>The checker must refuse each kind of wrong run. The histories and ledgers are made up.</summary>
public sealed class CheckerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 6, 1);
    private static readonly Guid Reference = Guid.Parse("00000000-0000-0000-0000-0000000000ff");

    private static string Rows => string.Join(',', Enumerable.Range(1, 9).Select(km => $"\"{km}\":{km}"));

    /// <summary>Every trip gives as many points as it has kilometres up to 9.</summary>
    private static readonly ProgrammeDocument Programme = ProgrammeDocument.Read(
        JsonElement.Parse("""{"id":"trips","zone":"UTC","floor":100,"ceiling":1000,"latenessDaysMax":30,"today":"2026-06-01"}"""),
        JsonElement.Parse($$$"""
            [{"number":1,"firstDay":"2026-01-01","hash":"","tiers":[{"name":"baseline","from":100},{"name":"silver","from":105}],
              "rules":[{"id":"trips","eventType":"traffic.trip","capPerDay":500,"capPerWindow":500,"windowDays":30,"halfLifeDays":0,
                        "points":{"by":"km","rows":{ {{{Rows}}} } }}]}]
            """));

    /// <summary>
    /// Events 1 to 3 of resident 0 are acknowledged at 2 s; event 4 is not. A query between 5 and 6 s is told the sum of the three.
    /// </summary>
    private readonly List<SendOperation> _sends =
    [
        new(1, 3, Noon, Seconds(1), Seconds(2), Outcome.Done, 202), new(4, 1, Noon, Seconds(1), Seconds(9), Outcome.Unanswered, 0),
    ];

    private readonly List<LedgerRow> _rows =
    [
        Row(1, EntryKinds.Enrolled, null, ""), EventRow(2, 1), EventRow(3, 2), EventRow(4, 3), Row(5, EntryKinds.Queried, Reference, ""),
    ];

    private readonly List<FaultOperation> _faults = [];
    private QueryAnswer _answer = new(Reference, 106, "silver");
    private LastScore[] _last = [new(0, Today, 106, "silver")];

    [Fact]
    public void A_correct_run_has_no_mismatch()
    {
        var result = Check();
        result.Mismatches.ShouldBeEmpty();
        (result.Events, result.Acknowledged, result.Kept, result.Answers, result.MismatchCount).ShouldBe((4, 3, 3, 1, 0));
    }

    [Fact]
    public void An_event_without_acknowledgement_may_be_there_once()
    {
        _rows.Add(EventRow(6, 4));
        _last = [new(0, Today, 110, "silver")];
        Check().Mismatches.ShouldBeEmpty();
    }

    [Fact]
    public void A_lost_event_is_refused()
    {
        _rows.RemoveAt(3);
        Renumber();
        _answer = new(Reference, 103, "baseline");
        _last = [new(0, Today, 103, "baseline")];
        ShouldRefuse("is lost");
    }

    [Fact]
    public void A_doubled_event_is_refused()
    {
        _rows.Add(EventRow(6, 3));
        _last = [new(0, Today, 109, "silver")];
        ShouldRefuse("is there 2 times");
    }

    [Fact]
    public void A_doubled_event_without_acknowledgement_is_refused()
    {
        _rows.AddRange([EventRow(6, 4), EventRow(7, 4)]);
        _last = [new(0, Today, 114, "silver")];
        ShouldRefuse("is there 2 times");
    }

    [Fact]
    public void An_event_that_was_not_sent_is_refused()
    {
        _rows.Add(EventRow(6, 5));
        ShouldRefuse("was not sent");
    }

    [Fact]
    public void A_changed_event_is_refused()
    {
        _rows[3] = _rows[3] with { Body = Body(7) };
        ShouldRefuse("differs from the event");
    }

    [Fact]
    public void An_event_on_another_day_is_refused()
    {
        _rows[3] = _rows[3] with { Day = Today.AddDays(1) };
        ShouldRefuse("differs from the event");
    }

    [Fact]
    public void An_event_of_another_resident_is_refused()
    {
        _sends.Add(new SendOperation(101, 1, Noon, Seconds(1), Seconds(2), Outcome.Done, 202));
        _rows.Add(EventRow(6, 101));
        _last = [];
        ShouldRefuse("the subject is resident 0");
    }

    [Fact]
    public void A_second_subject_of_a_resident_is_refused()
    {
        _rows.Add(EventRow(6, 4) with { Subject = 78, Turn = 1 });
        ShouldRefuse("makes a second subject");
    }

    [Fact]
    public void A_hole_in_the_turns_is_refused()
    {
        _rows[4] = _rows[4] with { Turn = 6 };
        ShouldRefuse("is not turn 5");
    }

    [Fact]
    public void A_hole_in_the_positions_is_refused()
    {
        _rows[4] = _rows[4] with { Position = 6 };
        ShouldRefuse("has 5 rows, and its last position is 6");
    }

    [Fact]
    public void A_wrong_answer_is_refused()
    {
        _answer = new(Reference, 105, "silver");
        ShouldRefuse("the fold below it gives (106, silver)");
    }

    [Fact]
    public void A_wrong_tier_is_refused()
    {
        _answer = new(Reference, 106, "baseline");
        ShouldRefuse("the fold below it gives (106, silver)");
    }

    [Fact]
    public void A_stale_answer_is_refused()
    {
        // The query's entry lies below an event that was acknowledged long before, and its answer is the fold below it.
        (_rows[3], _rows[4]) = (_rows[4], _rows[3]);
        Renumber();
        _answer = new(Reference, 103, "baseline");
        ShouldRefuse("came without it");
    }

    [Fact]
    public void An_answer_may_be_as_old_as_its_window()
    {
        (_rows[3], _rows[4]) = (_rows[4], _rows[3]);
        Renumber();
        _answer = new(Reference, 103, "baseline");
        Check(staleMax: Seconds(4)).Mismatches.ShouldBeEmpty();
    }

    [Fact]
    public void A_fault_of_clocks_allows_a_stale_answer_for_its_time_alone()
    {
        (_rows[3], _rows[4]) = (_rows[4], _rows[3]);
        Renumber();
        _answer = new(Reference, 103, "baseline");
        _faults.Add(new FaultOperation("clock-shift", "silo 1", Seconds(4), Seconds(5), new Staleness(Seconds(4), Seconds(1))));
        Check().Mismatches.ShouldBeEmpty();
        _faults[0] = _faults[0] with { From = Seconds(0), To = Seconds(1), Staleness = new(Seconds(40), Seconds(1)) };
        ShouldRefuse("came without it");
    }

    [Fact]
    public void An_answer_without_an_entry_is_refused()
    {
        _rows.RemoveAt(4);
        ShouldRefuse("has 0 entries");
    }

    [Fact]
    public void A_neutral_answer_without_an_entry_is_allowed_while_a_clock_is_behind_alone()
    {
        _rows.RemoveAt(4);
        _answer = new(Reference, 100, "baseline");
        ShouldRefuse("has 0 entries");
        _faults.Add(new FaultOperation("clock-shift", "silo 1", Seconds(4), Seconds(7), new Staleness(Seconds(4), Seconds(1))));
        Check().Mismatches.ShouldBeEmpty();
        Check().NeutralAnswers.ShouldBe(1);
        _answer = new(Reference, 106, "silver");
        ShouldRefuse("has 0 entries");
    }

    [Fact]
    public void A_query_with_two_entries_is_refused()
    {
        _rows.Add(_rows[4] with { Position = 6, Turn = 6 });
        ShouldRefuse("has 2 entries");
    }

    [Fact]
    public void A_wrong_score_at_the_end_is_refused()
    {
        _last = [new(0, Today, 107, "silver")];
        ShouldRefuse("has the score 107 silver at the end");
    }

    [Fact]
    public void A_decided_contest_that_no_client_asked_for_is_refused()
    {
        _rows.Add(Row(6, EntryKinds.ContestDecided, null, ""));
        ShouldRefuse("no client asked for it");
    }

    [Fact]
    public void The_running_score_equals_the_slow_one_after_every_event()
    {
        var draw = new Random(7);
        var running = new RunningScore(Programme);
        var all = new List<CountedEvent>();
        for (var i = 0; i < 300; i++)
        {
            var one = new CountedEvent("traffic.trip", Today.AddDays(-draw.Next(40)), new JsonObject { ["km"] = 1 + draw.Next(12) });
            all.Add(one);
            running.Add(one);
            var slow = SlowScore.Of(Programme, Today, all);
            running.On(Today).ShouldBe((slow.Score, slow.Tier));
        }
    }

    private void ShouldRefuse(string mismatch)
    {
        var result = Check();
        result.Mismatches.ShouldContain(text => text.Contains(mismatch), mismatch);
        result.MismatchCount.ShouldBeGreaterThan(0);
    }

    private CheckResult Check(TimeSpan staleMax = default)
    {
        var history = new History((number, _) => Sent(number));
        foreach (var send in _sends) history.Add(send);
        foreach (var fault in _faults) history.Add(fault);
        history.Add(new QueryOperation(0, Seconds(5), Seconds(6), Outcome.Done, 200, _answer));
        return new Checker(history, () => new RunningScore(Programme), staleMax).Check(_rows, _last);
    }

    private void Renumber()
    {
        for (var i = 0; i < _rows.Count; i++) _rows[i] = _rows[i] with { Position = i + 1, Turn = i + 1 };
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private static SentEvent Sent(long number) => new(
        Key(number), (int)(number / 100), new CountedEvent("traffic.trip", Today, new JsonObject { ["km"] = number % 100 }));

    private static Guid Key(long number) => Guid.Parse(number.ToString("x32", CultureInfo.InvariantCulture));

    private static ReadOnlyMemory<byte> Body(long km) =>
        Encoding.UTF8.GetBytes($$$"""{"data":{"km":{{{km}}}},"source":"urn:test","type":"traffic.trip"}""");

    private static LedgerRow EventRow(long turn, long number) =>
        Row(turn, EntryKinds.Event, Key(number), "") with { Body = Body(number % 100) };

    private static LedgerRow Row(long turn, int kind, Guid? key, string body) =>
        new(3, turn, 77, turn, kind, key, Today, Encoding.UTF8.GetBytes(body));
}
