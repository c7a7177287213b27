/*
 * The partition writer: two silos append events to one partition by what they remember of it. README.md says what is modelled.
 *
 * A transaction locks the head before anything else, and its next statement sees everything that is committed. So a transaction is one
 * step here. What a silo decides before that step, and what it learns after it, are steps of their own.
 *
 * The partition has one subject with two handles. The last event names the handle that is linked later, the others the one that is linked
 * from the start. An event's number is its key.
 *
 * A name in #ifdef or #ifndef without a default is a mistake: spin -D builds the model with it, and tools/check-models.sh sees it found.
 */

#ifndef DISTURBANCES
#define DISTURBANCES 3      /* how many of them are in a run, of any kind and in any order */
#endif
#ifndef EVENTS
#define EVENTS 2            /* 2 or 3 */
#endif
#ifndef LOADS
#define LOADS 1             /* of each silo in a run */
#endif

#define SILOS 2
#define HANDLES 2
#define HANDLE(e) ((e) == EVENTS - 1)
#define BIT(n) (1 << (n))

/* What waits in a silo: */
#define NONE 0
#define WAITING 1
#define WAITING_SQL 2       /* memory may not decide it again */

/* What a flush does with an event: */
#define NUMBERED 1          /* memory numbered it; the guarded statement inserts it */
#define LEFT_OUT 2          /* memory knows that it does not count; the guard confirms it */
#define RESOLVED 3          /* SQL resolves it under the lock */

/* What a silo remembers of a handle: */
#define COUNTS 1
#define STOPPED 2
#define UNLINKED 3          /* only a mistake remembers this */

/* How far a silo's flush is: */
#define IDLE 0
#define SENT 1
#define ANSWERED 2

typedef Inbox {
    byte event[EVENTS]
}

/* A flush on its way to PostgreSQL, and its answer on the way back. */
typedef Flush {
    byte way[EVENTS];
    byte position;          /* the head that memory expects; in the answer, the head after the flush */
    byte version;
    byte turn;              /* the subject's last turn in memory; in the answer, the last one after the flush */
    bool held;              /* the guard held */
    bool wrote;             /* it inserted an entry of the subject */
    bool conflict           /* a unique violation aborted it */
}

typedef Memory {
    byte position;
    byte version;
    byte fact[HANDLES];
    byte stamp[HANDLES];    /* the version at which the fact was read */
    byte turn;              /* the subject's last turn; 0: not remembered */
    bool young;             /* the turn is in the young generation */
    byte floor;             /* the position at which the old generation began */
    byte floorYoung         /* the position at which the young generation began */
}

typedef Load {
    bool running;
    byte fact[HANDLES];
    byte turn;
    byte position;
    byte version
}

/* PostgreSQL. Its first entry is the subject's consent. */
byte position = 1;
byte version = 1;
byte turn = 1;              /* the subject's last turn */
byte entries = 1;           /* bit p - 1: the entry at position p is the subject's */
byte written;               /* bit e: the subject has an entry with the key e */
bool linked[HANDLES] = { true, false };
bool stopped;               /* the subject is restricted, or its programme suspended, or its consent lapsed */
bool withdrawn;

/* A flush of each silo, and one that PostgreSQL has, but has not begun, and for which no silo waits any more. */
Flush flushes[SILOS + 1];
#define ORPHAN SILOS
bool orphaned;

Inbox inboxes[SILOS];

/* What the properties look at. */
byte leftOut;               /* bit e: e did not count, under the lock of a transaction that decided it and committed */
byte acknowledged;          /* bit e */

byte disturbances = DISTURBANCES;
bool begun;                 /* the silos are alike, so the first event may always go to silo 0 */

/* Counters inside of one step. */
hidden byte e;
hidden byte h;
hidden byte n;

#define ALL (BIT(EVENTS) - 1)
#define COUNTS_NOW(e) (linked[HANDLE(e)] && !stopped)
#define IS_WRITTEN(e) ((written & BIT(e)) != 0)

#ifdef GUARD_WITHOUT_VERSION
#define GUARD(f) (flushes[f].position == position)
#else
#ifdef GUARD_WITHOUT_POSITION
#define GUARD(f) (flushes[f].version == version)
#else
#define GUARD(f) (flushes[f].position == position && flushes[f].version == version)
#endif
#endif

/* ---- PostgreSQL: what runs under the lock ---- */

inline append() {
    position++;
    turn++;
    entries = entries | BIT(position - 1)
}

inline insert(key) {
    assert(!withdrawn);                                 /* nothing of the subject is behind its tombstone */
    assert(COUNTS_NOW(key));                            /* nothing is written by a stale flag */
    assert(!IS_WRITTEN(key));                           /* no key is there twice */
    append();
    written = written | BIT(key)
}

/* A silo's transaction: the lock, the guarded statement, SQL for the rest, the commit. */
inline execute(f) {
    flushes[f].held = GUARD(f);
    for (e : 0 .. EVENTS - 1) {
        if
        :: flushes[f].held && flushes[f].way[e] == NUMBERED && IS_WRITTEN(e) -> flushes[f].conflict = true
        :: else
        fi
    }
    if
    :: flushes[f].conflict
    :: else ->
        n = 0;
        for (e : 0 .. EVENTS - 1) {
            if
            :: flushes[f].held && flushes[f].way[e] == NUMBERED ->
                n++;
                assert(flushes[f].position + n == position + 1);    /* positions have no gap, and none is there twice */
                assert(flushes[f].turn + n == turn + 1);            /* turns have no gap, and none is there twice */
                insert(e);
                flushes[f].wrote = true
            :: flushes[f].held && flushes[f].way[e] == LEFT_OUT ->
                assert(!COUNTS_NOW(e));                             /* nothing is left out by a stale flag */
                leftOut = leftOut | BIT(e)
            :: else
            fi
        }
        for (e : 0 .. EVENTS - 1) {
            if
            :: flushes[f].way[e] == RESOLVED && !COUNTS_NOW(e) -> leftOut = leftOut | BIT(e)
            :: flushes[f].way[e] == RESOLVED && COUNTS_NOW(e) && !IS_WRITTEN(e) ->
                insert(e);
                flushes[f].wrote = true
            :: else
            fi
        }
    fi;
    flushes[f].version = 0;
    flushes[f].position = (flushes[f].held -> position : 0);
    flushes[f].turn = (flushes[f].wrote -> turn : 0)
}

inline clear(f) {
    for (e : 0 .. EVENTS - 1) { flushes[f].way[e] = NONE }
    flushes[f].position = 0;
    flushes[f].version = 0;
    flushes[f].turn = 0;
    flushes[f].held = false;
    flushes[f].wrote = false;
    flushes[f].conflict = false
}

/* ---- A silo: its memory ---- */

#define REMEMBERS(e) (memory.fact[HANDLE(e)] != NONE && memory.stamp[HANDLE(e)] == memory.version)

inline merge(last) {
    memory.turn = (memory.turn < last -> last : memory.turn);
    memory.young = true
}

/* Records an entry that the silo wrote or caught up on. */
inline record(last) {
#ifdef TURNS_OF_KNOWN_SUBJECTS_ONLY
    if
    :: memory.turn != 0 -> merge(last)
    :: else
    fi
#else
    merge(last)
#endif
}

/* Reads the head and the entries between memory's position and the head, in one statement without the lock. */
inline catch_up() {
    if
    :: (entries >> memory.position) != 0 -> record(turn)
    :: else
    fi;
    memory.position = position;
    memory.version = version;
    for (h : 0 .. HANDLES - 1) {
        if
        :: memory.stamp[h] < version ->
            memory.fact[h] = NONE;
            memory.stamp[h] = 0
        :: else
        fi
    }
}

/* Begins a young generation of turns. The young one becomes the old one, and the old one is forgotten. */
inline rotate() {
    memory.turn = (memory.young -> memory.turn : 0);
    memory.young = false;
    memory.floor = memory.floorYoung;
    memory.floorYoung = memory.position
}

/* Reads facts, last turn and head in one statement without the lock. A handle that is not linked leaves nothing. */
inline begin_load() {
    for (h : 0 .. HANDLES - 1) {
        if
        :: linked[h] -> load.fact[h] = (stopped -> STOPPED : COUNTS)
        :: else ->
#ifdef NEGATIVE_CACHE
            load.fact[h] = UNLINKED
#else
            load.fact[h] = NONE
#endif
        fi
    }
    load.turn = turn;
    load.position = position;
    load.version = version;
    load.running = true
}

/* Takes what a load has read. Memory may know better by now. */
inline end_load() {
#ifdef FACTS_STAMPED_ON_ARRIVAL
    load.version = memory.version;
#endif
    for (h : 0 .. HANDLES - 1) {
        if
        :: load.fact[h] != NONE && load.version >= memory.version ->
            memory.fact[h] = load.fact[h];
            memory.stamp[h] = load.version
        :: else
        fi;
        load.fact[h] = NONE
    }
    if
#ifndef LOADS_OLDER_THAN_TURNS
    :: load.position < memory.floor                     /* an entry in between may be in a generation that is forgotten */
#endif
    :: else ->
#ifdef LOADED_TURN_OVERWRITES
        memory.turn = load.turn;
        memory.young = true
#else
        merge(load.turn)
#endif
    fi;
    load.turn = 0;
    load.position = 0;
    load.version = 0;
    load.running = false
}

/* ---- A silo: its flushes ---- */

inline acknowledge(key) {
    assert(((written | leftOut) & BIT(key)) != 0);      /* nothing is acknowledged that counts and is not in the ledger */
    acknowledged = acknowledged | BIT(key)
}

/* Takes what waits: numbered where memory has all that it needs, otherwise for SQL. */
inline begin_flush() {
    flushes[s].position = memory.position;
    flushes[s].version = memory.version;
    flushes[s].turn = memory.turn;
    for (e : 0 .. EVENTS - 1) {
        if
        :: inboxes[s].event[e] == WAITING && REMEMBERS(e) && memory.fact[HANDLE(e)] != COUNTS ->
#ifdef LEFT_OUT_WITHOUT_GUARD
            assert(!COUNTS_NOW(e));
            leftOut = leftOut | BIT(e);
            acknowledge(e)
#else
            flushes[s].way[e] = LEFT_OUT
#endif
        :: inboxes[s].event[e] == WAITING && REMEMBERS(e) && memory.fact[HANDLE(e)] == COUNTS && memory.turn != 0 ->
#ifdef MEMORY_BEFORE_COMMIT
            memory.position++;
            memory.turn++;
#endif
            flushes[s].way[e] = NUMBERED
        :: else -> flushes[s].way[e] = (inboxes[s].event[e] == NONE -> NONE : RESOLVED)
        fi;
        inboxes[s].event[e] = NONE
    }
    phase = SENT
}

/* Takes the answer: first memory, then the events. */
inline end_flush() {
    if
    :: flushes[s].conflict
    :: else ->
        if
        :: flushes[s].wrote -> record(flushes[s].turn)
        :: else
        fi;
        if
        :: flushes[s].held -> memory.position = flushes[s].position
#ifdef FAILED_GUARD_CHANGES_NOTHING
        :: else
#else
        :: else -> catch_up()
#endif
        fi
    fi;
    for (e : 0 .. EVENTS - 1) {
        if
        :: flushes[s].way[e] == NONE
        :: flushes[s].way[e] != NONE && !flushes[s].conflict && (flushes[s].held || flushes[s].way[e] == RESOLVED) -> acknowledge(e)
        :: else ->
#ifdef FAILED_GUARD_CHANGES_NOTHING
            inboxes[s].event[e] = WAITING
#else
            inboxes[s].event[e] = WAITING_SQL
#endif
        fi
    }
    drop_flush()
}

/* Ends a flush here. A client whose event is not acknowledged by now gets an error. */
inline drop_flush() {
    clear(s);
    phase = IDLE
}

/* Ends a flush here, but PostgreSQL has it. */
inline leave_flush() {
    for (e : 0 .. EVENTS - 1) { flushes[ORPHAN].way[e] = flushes[s].way[e] }
    flushes[ORPHAN].position = flushes[s].position;
    flushes[ORPHAN].version = flushes[s].version;
    flushes[ORPHAN].turn = flushes[s].turn;
    orphaned = true;
    drop_flush()
}

/* ---- Processes ---- */

inline disturb() { disturbances-- }

/* Spin prints these when it replays a run. */
#define say_memory() \
    printf("        it remembers position %d, version %d, turn %d, handles %d and %d as of version %d and %d\n", \
        memory.position, memory.version, memory.turn, memory.fact[0], memory.fact[1], memory.stamp[0], memory.stamp[1])
#define say_flush() \
    printf("silo %d flushes events 0 and 1 in the ways %d and %d at (%d, version %d, turn %d)\n", \
        s, flushes[s].way[0], flushes[s].way[1], flushes[s].position, flushes[s].version, flushes[s].turn)

#if EVENTS == 2
#define ANY(row, test) (row[0] test || row[1] test)
#else
#define ANY(row, test) (row[0] test || row[1] test || row[2] test)
#endif

proctype Silo(byte s) {
    Memory memory;
    Load load;
    byte loads = LOADS;
    byte phase;
    d_step {
        memory.position = 1;
        memory.version = 1;
        memory.floor = 1;
        memory.floorYoung = 1
    }
end:
    do
    :: d_step { phase == IDLE && ANY(inboxes[s].event, != NONE) -> begin_flush(); say_flush() }
    :: d_step { phase == SENT -> printf("PostgreSQL executes the flush of silo %d\n", s); execute(s); phase = ANSWERED }
    :: d_step { phase == ANSWERED -> end_flush(); printf("silo %d takes the answer\n", s); say_memory() }

    /* What memory could not decide starts a load, whose answer comes at any time. */
    :: d_step { loads > 0 && !load.running && ANY(flushes[s].way, == RESOLVED) ->
            loads--;
            begin_load();
            printf("silo %d begins a load\n", s)
       }
    :: d_step { load.running -> end_load(); printf("silo %d takes its load\n", s); say_memory() }

    /* Disturbances: the connection is lost before the flush arrives or after it ends, or while it waits for the lock; eviction. */
    :: d_step { phase != IDLE && disturbances > 0 -> disturb(); drop_flush(); printf("silo %d loses its connection\n", s) }
    :: d_step { phase == SENT && !orphaned && disturbances > 0 ->
            disturb();
            leave_flush();
            printf("silo %d loses its connection, and PostgreSQL keeps the flush\n", s)
       }
    :: d_step { disturbances > 0 -> disturb(); rotate(); printf("silo %d rotates its turns\n", s); say_memory() }
    od
}

/* PostgreSQL comes to a flush for which no silo waits. */
proctype Orphan() {
end:
    do
    :: d_step { orphaned -> printf("PostgreSQL executes the flush that it kept\n"); execute(ORPHAN); clear(ORPHAN); orphaned = false }
    od
}

#define IS_FREE(s, key) (inboxes[s].event[key] == NONE && flushes[s].way[key] == NONE)
#define IS_DUE(key) ((acknowledged & BIT(key)) == 0 && IS_FREE(0, key) && IS_FREE(1, key))

inline send(s, key) {
    disturbances = (IS_DUE(key) -> disturbances : disturbances - 1);
    inboxes[s].event[key] = WAITING;
    begun = true;
    printf("event %d comes to silo %d\n", key, s)
}

/* Sends an event to either silo: at first, after an error and, as a disturbance, while it waits or after it was acknowledged. */
proctype Client(byte key) {
end:
    do
    :: d_step { IS_FREE(0, key) && (IS_DUE(key) || disturbances > 0) -> send(0, key) }
    :: d_step { begun && IS_FREE(1, key) && (IS_DUE(key) || disturbances > 0) -> send(1, key) }
    od
}

/* The other writers of the partition. Each locks the head, does all its work there, and tells no silo. Each step is a disturbance. */

/* Another road's entry of the subject: a contest, a grant, an event that an earlier build writes. */
proctype Append() {
end:
    d_step {
        disturbances > 0 && !withdrawn ->
            disturb();
            append();
            printf("another road appends; the head is (%d, version %d)\n", position, version)
    }
}

/* Links the second handle, which raises no version: what is not linked is not remembered. Then unlinks it. */
proctype Link() {
end:
    d_step { disturbances > 0 && !withdrawn -> disturb(); linked[1] = true; printf("handle 1 is linked\n") };
endLinked:
    d_step {
        disturbances > 0 ->
            disturb();
#ifndef UNLINKING_WITHOUT_VERSION
            version++;
#endif
            linked[1] = false;
            printf("handle 1 is unlinked\n")
    }
}

/* Stops the subject's events and lets them go on. Writes no entry here: the act of an administrator is in partition 0. */
proctype Stop() {
end:
    d_step { disturbances > 0 -> disturb(); stopped = true; version++; printf("the subject is stopped\n") };
endStopped:
    d_step { disturbances > 0 -> disturb(); stopped = false; version++; printf("the subject goes on\n") }
}

/* Deletes the handles and appends the tombstone, a public entry. */
proctype Withdraw() {
end:
    d_step {
        disturbances > 0 ->
            disturb();
            withdrawn = true;
            linked[0] = false;
            linked[1] = false;
#ifndef WITHDRAWAL_WITHOUT_VERSION
            version++;
#endif
            position++;
            printf("the subject withdraws\n")
    }
}

init {
    atomic {
        run Silo(0);
        run Silo(1);
        run Orphan();
        run Client(0);
        run Client(1);
#if EVENTS == 3
        run Client(2);
#endif
        run Append();
        run Link();
        run Stop();
        run Withdraw()
    }
}

/* Every event is acknowledged in the end. It counts and is in the ledger then, or it did not count: see acknowledge(). */
ltl progress { <> (acknowledged == ALL) }
