(ns my-app.core-utils
  (:import (com.acme.corpus Truth)))

(defn risky!? [x] (/ 1 x))
(defn ->thing [f] (fn [x] (mapv f [x])))
(defprotocol Shape (area [this]))
(defrecord Sq [n] Shape (area [_] (throw (ex-info "no area" {:n n, :why {:at "home"}}))))

(def forms
  [#(risky!? 0)
   #((->thing risky!?) 0)
   #(area (->Sq 3))
   #(eval '(let [x nil] (.length ^String x)))
   #(try (risky!? 0) (catch Exception e (throw (ex-info "wrapped\nin two lines" {:id 7} e))))])

(let [truths (doall (for [form forms]
                      (try (form) nil
                           (catch Throwable e (.printStackTrace e) (Truth/of e)))))]
  (spit (first *command-line-args*) (Truth/file (remove nil? truths))))
