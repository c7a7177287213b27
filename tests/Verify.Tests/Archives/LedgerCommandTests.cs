using System.Text;
using System.Text.Json.Nodes;

namespace Scoring.Verify.Archives;

/// <summary>Tests of whole ledgers: a row for each position, most of them with a leaf only.</summary>
public sealed class LedgerCommandTests : IDisposable
{
    private const string Request = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";

    private readonly SampleLedger _ledger = new();
    private readonly VerifyRunner _verify = new();

    public void Dispose()
    {
        _ledger.Dispose();
        _verify.Dispose();
    }

    [Fact]
    public async Task A_ledger_whose_missing_bodies_are_declared_is_accepted() =>
        (await Check(Tombstone(2, new JsonObject { ["request"] = Request }), gone: 2)).ShouldBe((0, ""));

    [Theory]
    [InlineData(3, "conservation")]
    [InlineData(4, "conservation")]
    public async Task Bodies_missing_without_a_declaration_are_flagged(int gone, string code) =>
        (await Check(Tombstone(2, new JsonObject { ["request"] = Request }), gone)).ShouldBe((1, code));

    [Fact]
    public async Task Filling_that_is_not_declared_is_flagged()
    {
        (await Check(Tombstone(1, new JsonObject { ["request"] = Request }), gone: 1, declaredPadding: 199)).ShouldBe((1, "conservation"));
    }

    [Fact]
    public async Task An_erasure_without_a_participants_signed_request_is_flagged()
    {
        (await Check(Tombstone(2, []), gone: 2)).ShouldBe((1, "erasure-unasked"));
        (await Check(Tombstone(2, new JsonObject { ["act"] = 5 }), gone: 2)).ShouldBe((1, "erasure-unasked"));
        (await Check(Tombstone(2, [], kind: 19), gone: 2)).ShouldBe((0, ""), "an expiry needs no request");
        (await Check(Tombstone(2, new JsonObject { ["replayed"] = true }), gone: 2)).ShouldBe((0, ""));
    }

    [Fact]
    public async Task An_erasure_declared_after_the_checkpoint_counts_when_it_is_signed()
    {
        var asked = Tombstone(2, new JsonObject { ["request"] = Request });
        string Later(long position, JsonObject body) => SampleLedger.Lines(
            [$$"""{"partition":0,"position":{{position}},"kindNumber":14,"day":"2026-03-12","body":{{body.ToJsonString()}}}"""]);
        (await Check(asked, gone: 4, later: Later(300, asked(300)))).ShouldBe((0, ""));
        (await Check(asked, gone: 4, later: Later(300, asked(299)))).ShouldBe((1, "erasure-unsigned"));
        (await Check(asked, gone: 5, later: Later(300, asked(300)))).ShouldBe((1, "conservation"));
    }

    [Fact]
    public async Task An_erasure_written_by_hand_is_flagged()
    {
        (await Check(_ => new JsonObject { ["entries"] = 2, ["request"] = Request }, gone: 2)).ShouldBe((1, "erasure-unsigned"));
        using var other = new SampleLedger();
        (await Check(Tombstone(2, new JsonObject { ["request"] = Request }, other), gone: 2)).ShouldBe((1, "erasure-unsigned"));
        // A tombstone that was copied from another position.
        (await Check(position => Tombstone(2, new JsonObject { ["request"] = Request })(position - 1), gone: 2)).ShouldBe(
            (1, "erasure-unsigned"));
    }

    [Fact]
    public async Task A_public_entry_that_differs_from_what_was_sealed_is_refused() =>
        (await Check(
            Tombstone(2, new JsonObject { ["request"] = Request }), gone: 2, change: row => row.Replace("\"entries\":2", "\"entries\":1")))
            .Failed.ShouldContain("public-changed");

    [Fact]
    public async Task A_leaf_changed_left_out_or_inserted_is_refused()
    {
        var body = Tombstone(2, new JsonObject { ["request"] = Request });
        (await Check(body, 2, changeRows: rows => rows[50] = rows[51].Replace("\"position\":52", "\"position\":51"))).ShouldBe(
            (1, "log-root"));
        (await Check(body, 2, changeRows: rows => rows.RemoveAt(50))).Failed.ShouldBe("log-gap log-root conservation");
        (await Check(body, 2, changeRows: rows => rows.Add(rows[^1].Replace("\"position\":256", "\"position\":257")))).Failed.ShouldContain(
            "log-root");
    }

    private Func<long, JsonObject> Tombstone(long entries, JsonObject cause, SampleLedger? signer = null, int kind = 14) => position =>
    {
        var body = cause.DeepClone().AsObject();
        body["entries"] = entries;
        var statement = body.DeepClone().AsObject();
        statement["day"] = "2026-03-12";
        statement["kind"] = kind;
        statement["partition"] = 0;
        statement["position"] = position;
        var payload = new JsonObject(statement.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        var parts = (signer ?? _ledger).Jws(Encoding.UTF8.GetBytes(payload.ToJsonString()), "erasure+jws").Split('.');
        body["signature"] = $"{parts[0]}..{parts[2]}";
        _kind = kind;
        return body;
    };

    private int _kind = 14;

    /// <summary>
    /// Verifies a ledger. Positions 10 and 11 of partition 0 are a tombstone and the declaration of the filling after them. The bodies of
    /// the first rows are gone.
    /// </summary>
    private async Task<(int Code, string Failed)> Check(
        Func<long, JsonObject> tombstone, int gone, int declaredPadding = 245, Func<string, string>? change = null,
        Action<List<string>>? changeRows = null, string? later = null)
    {
        using var ledger = new PublicRows(_ledger);
        var body = tombstone(10);
        ledger.Public(10, _kind, body);
        ledger.Public(11, 20, new JsonObject { ["entries"] = declaredPadding });
        var files = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["checkpoint.txt"] = _ledger.Seal(), ["checkpoint-keys.txt"] = _ledger.Key + "\n", ["receipt-keys.json"] = _ledger.ReceiptKeys,
        };
        for (var partition = 0; partition < 2; partition++)
        {
            var rows = ledger.Rows(partition, gone);
            if (partition == 0) rows[9] = change?.Invoke(rows[9]) ?? rows[9];
            if (partition == 0) changeRows?.Invoke(rows);
            files[$"partition-{partition}.json"] = SampleLedger.Lines(rows);
        }
        if (later is not null) files["later.json"] = later;
        _ledger.RemoveLastCheckpoint();
        return await _verify.Run("ledger", _verify.File(_ledger.Zip("scoring-ledger-1", files)));
    }

    /// <summary>The sample's leaves as rows, some of them public entries.</summary>
    private sealed class PublicRows(SampleLedger ledger) : IDisposable
    {
        private readonly Dictionary<long, (int Kind, string Body, byte[] Before)> _public = [];

        public void Public(long position, int kind, JsonObject json)
        {
            var body = json.ToJsonString();
            var leaf = EntryRow.LeafOf(
                new byte[32], kind, new DateOnly(2026, 3, 12), new byte[16], Encoding.UTF8.GetBytes(body), 0, 0, position, 0);
            _public[position] = (kind, body, ledger.Leaves(0)[(int)position - 1]);
            ledger.Rewrite(position, leaf);
        }

        public List<string> Rows(int partition, int gone) =>
        [
            .. ledger.Leaves(partition).Select((leaf, i) =>
            {
                var position = i + 1L;
                var hex = Convert.ToHexStringLower(leaf);
                if (partition == 0 && _public.TryGetValue(position, out var row))
                    return $$"""{"position":{{position}},"leaf":"{{hex}}","state":"public","kindNumber":{{row.Kind}}"""
                        + $$""","day":"2026-03-12","body":{{row.Body}}}""";
                var state = partition == 1 || position > gone ? position > 11 && partition == 0 ? "padding" : "held" : "gone";
                return $$"""{"position":{{position}},"leaf":"{{hex}}","state":"{{state}}"}""";
            }),
        ];

        public void Dispose()
        {
            foreach (var (position, (_, _, before)) in _public) ledger.Rewrite(position, before);
        }
    }
}
